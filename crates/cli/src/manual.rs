use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::Arguments;
use crate::undone::Undone;

/// Print what a shell needs to complete these commands.
#[derive(Args)]
#[command(after_help = "Example:
  artel completions bash > ~/.local/share/bash-completion/completions/artel")]
pub(crate) struct Completions {
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) {
        clap_complete::generate(
            self.shell,
            &mut Arguments::command(),
            "artel",
            &mut std::io::stdout(),
        );
    }
}

/// Write the manual pages of these commands into a directory.
#[derive(Args)]
pub(crate) struct Manual {
    /// The directory, such as `~/.local/share/man/man1`.
    directory: PathBuf,
}

impl Manual {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        std::fs::create_dir_all(&self.directory)?;
        Ok(clap_mangen::generate_to(Arguments::command(), &self.directory)?)
    }
}

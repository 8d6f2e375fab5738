use std::path::PathBuf;

use clap::Args;
use node::Node;

use crate::directory::Directory;
use crate::hold::Hold;
use crate::said::say;
use crate::undone::Undone;

/// Write the whole record of a federation into one file.
///
/// The file can be verified by itself and hosted again. Names, words and pictures are not in it:
/// they can be erased, and a copy that leaves the node could not be.
#[derive(Args)]
#[command(after_help = "Example:
  artel export --data /srv/artel --to valley.sqlite
  artel record verify valley.sqlite

From a node that runs: curl -o valley.sqlite http://NODE/f/FEDERATION/export")]
pub(crate) struct Export {
    #[command(flatten)]
    directory: Directory,
    /// The federation, by the beginning of its id [default: the only one there].
    #[arg(long, value_name = "ID", env = "ARTEL_FEDERATION")]
    federation: Option<String>,
    /// The file; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

impl Export {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let path = self.directory.made()?;
        let _hold = Hold::take(&path)?;
        let node = Node::open(&path)?;
        let hosted = match (&self.federation, node.federations().as_slice()) {
            (Some(id), _) => node.find(id)?,
            (None, [one]) => one.clone(),
            (None, all) => {
                return Err(Undone::misused(format!(
                    "this node hosts {} federations; name one with --federation",
                    all.len()
                )));
            }
        };
        hosted.record().export(&self.to).map_err(Undone::refused)?;
        let entries = hosted.read(federation::Federation::size)?;
        say!("{entries} entries are in {}.", self.to.display());
        say!("Anybody can check them: artel record verify {}", self.to.display());
        Ok(())
    }
}

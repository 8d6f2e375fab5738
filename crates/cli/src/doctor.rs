//! `artel doctor`: looks at a node's files, its clock and its disk, changes nothing, and says of
//! each what to do.

mod disk;
mod files;
mod findings;
mod records;

use clap::Args;
use node::Keys;
use serde_json::json;

use crate::directory::Directory;
use crate::hold::Hold;
use crate::moment;
use crate::said::say;
use crate::undone::Undone;

use findings::{Finding, Findings};

/// Look at a node's files, clock and disk; what is wrong comes with what to do.
///
/// It reads only, also while the node runs. Exit codes: 0 all is well, 1 something is not.
#[derive(Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    directory: Directory,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let path = self.directory.made()?;
        let mut found = Findings::default();
        found.add(running(&path));
        found.add(files::owner_only(&path.join("keys.sqlite")));
        found.add(disk::space(&path));
        let keys = Keys::open(&path.join("keys.sqlite")).and_then(|keys| keys.host_key());
        match keys {
            Err(failed) => found.add(Finding::wrong("keys", failed)),
            Ok(key) => {
                let public = key.public();
                found.add(Finding::well("keys", format!("checkpoints are signed with {public}")));
                let newest = records::look(&path.join("federations"), public, &mut found);
                found.add(clock(newest));
            }
        }
        self.tell(&found)
    }

    fn tell(&self, found: &Findings) -> Result<(), Undone> {
        if self.json {
            let rows: Vec<_> = found.all().map(Finding::row).collect();
            say!("{:#}", json!({ "well": found.wrong() == 0, "findings": rows }));
        } else {
            for finding in found.all() {
                say!("{finding}");
            }
        }
        match found.wrong() {
            0 => Ok(()),
            1 => Err(Undone::refused("one thing is not well")),
            count => Err(Undone::refused(format!("{count} things are not well"))),
        }
    }
}

fn running(path: &std::path::Path) -> Finding {
    let says = if Hold::is_taken(path) { "a node runs in it" } else { "no node runs in it now" };
    Finding::well("directory", format!("`{}`: {says}", path.display()))
}

/// The host's time never goes back, so a clock behind the newest entry makes a record wait.
fn clock(newest: Option<federation::Time>) -> Finding {
    let now = moment::now();
    match newest {
        Some(newest) if newest.plus_seconds(-600) > now => Finding::wrong(
            "clock",
            format!("this machine says {now}, and the newest entry is of {newest}; set its clock"),
        ),
        _ => Finding::well("clock", format!("{now} UTC")),
    }
}

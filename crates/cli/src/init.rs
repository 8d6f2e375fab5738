use clap::Args;
use node::Node;

use crate::directory::Directory;
use crate::hold::Hold;
use crate::said::say;
use crate::undone::Undone;

/// Make a data directory with a host key.
#[derive(Args)]
#[command(after_help = "Example:\n  artel init --data /srv/artel\n  artel serve --data /srv/artel")]
pub(crate) struct Init {
    #[command(flatten)]
    directory: Directory,
}

impl Init {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let path = self.directory.path()?;
        let _hold = Hold::take(&path)?;
        let there = path.join("keys.sqlite").is_file();
        let node = Node::open(&path)?;
        let key = node.keys().host_key()?.public();
        let shown = path.display();
        if there {
            say!("There is a node in {shown} already. Nothing was changed.");
        } else {
            say!("A node is made in {shown}.");
        }
        say!("Its checkpoints are signed with {key}.\n");
        say!("Next:");
        say!("  artel serve --data {shown}     starts it; found a federation in the browser");
        say!("  artel doctor --data {shown}    checks it");
        say!("Keep a copy of the whole directory somewhere else; see docs/host.md.");
        Ok(())
    }
}

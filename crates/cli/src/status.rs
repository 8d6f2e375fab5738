use clap::Args;

use crate::reach::At;
use crate::said::say;
use crate::shown;
use crate::undone::Undone;

/// Ask a node how it does, and what it hosts.
#[derive(Args)]
pub(crate) struct Status {
    #[command(flatten)]
    at: At,
}

const COLUMNS: &[shown::Column] = &[
    ("federation", "federation"),
    ("name", "name"),
    ("units", "units"),
    ("entries", "entries"),
    ("newest", "time"),
    ("next round", "next_round_due"),
];

impl Status {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let mut status = reach.get("/status")?;
        let list = reach.get("/federations")?;
        if reach.prints_json() {
            status["hosted"] = list["federations"].clone();
            say!("{status:#}");
        } else {
            shown::one(&status, false);
            say!("");
            let rows = list["federations"].as_array().cloned().unwrap_or_default();
            shown::list(&rows, COLUMNS, false);
        }
        match status["broken"].as_array() {
            Some(broken) if !broken.is_empty() => Err(Undone::refused(format!(
                "{} of the node's records are not served; run `artel doctor` where it runs",
                broken.len()
            ))),
            _ => Ok(()),
        }
    }
}

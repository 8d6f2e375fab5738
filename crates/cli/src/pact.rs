use clap::{Args, Subcommand};
use federation::Pact;
use serde_json::{Value, json};

use crate::reach::{At, Reach};
use crate::shown;
use crate::undone::Undone;

/// The terms that the federation's units have signed.
#[derive(Args)]
#[command(after_help = "Examples:
  artel pact show")]
pub(crate) struct Pacts {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Every parameter of the pact in force, in words.
    Show,
}

const COLUMNS: &[shown::Column] =
    &[("parameter", "name"), ("is", "is"), ("binds", "binds"), ("what it does", "says")];

impl Pacts {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let pact = in_force(&reach)?;
        match &self.what {
            What::Show => {
                let rows: Vec<Value> = Pact::PARAMETERS
                    .iter()
                    .map(|one| {
                        let binds = match one.binds {
                            federation::Binds::EachUnit => "each unit by its own version",
                            federation::Binds::All => "all, by the newest version",
                        };
                        let is = pact.in_words(one);
                        json!({ "name": one.name, "is": is, "binds": binds, "says": one.says })
                    })
                    .collect();
                shown::list(&rows, COLUMNS, reach.prints_json());
                Ok(())
            }
        }
    }
}

/// The pact in force.
pub(crate) fn in_force(reach: &Reach) -> Result<Pact, Undone> {
    let federation = reach.get(&reach.of_federation("")?)?;
    serde_json::from_value(federation["pact"].clone()).map_err(|error| {
        Undone::refused(format!("the node gives no pact that can be read: {error}"))
    })
}

/// A pact with changes such as `notice_days=14`.
pub(crate) fn changed(pact: &Pact, changes: &[String]) -> Result<Pact, Undone> {
    changes.iter().try_fold(pact.clone(), |pact, change| {
        let (name, text) = change.split_once('=').ok_or_else(|| {
            Undone::misused(format!("`{change}` changes nothing; write `notice_days=14`"))
        })?;
        pact.with(name.trim(), text.trim()).map_err(Undone::misused)
    })
}

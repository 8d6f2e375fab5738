use clap::{Args, Subcommand};
use federation::Pact;
use serde_json::{Value, json};

use crate::reach::{At, Reach};
use crate::shown;
use crate::undone::Undone;

/// The terms that the federation's units have signed.
#[derive(Args)]
#[command(after_help = "Examples:
  artel pact show
  artel pact try notice_days=14 majority=two-thirds")]
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
    /// What would have come out differently under other parameters: the record is replayed with
    /// them, and every act that would be refused and every decision that would differ is listed.
    Try {
        /// What changes: `notice_days=14`.
        #[arg(required = true)]
        changes: Vec<String>,
    },
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
            What::Try { changes } => {
                changed(&pact, changes)?;
                let listed: Vec<Value> = changes
                    .iter()
                    .filter_map(|change| change.split_once('='))
                    .map(|(name, text)| json!({ "parameter": name.trim(), "is": text.trim() }))
                    .collect();
                let path = reach.of_federation("/pact/try")?;
                let found = reach.post(&path, &json!({ "changes": listed }))?;
                tell(&found, reach.prints_json());
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

const REFUSED: &[shown::Column] = &[("entry", "entry"), ("rule", "code"), ("it says", "message")];
const DECISIONS: &[shown::Column] = &[
    ("proposal", "proposal"),
    ("about", "about"),
    ("passed", "passed"),
    ("would pass", "would_pass"),
];
const ROUNDS: &[shown::Column] =
    &[("round", "round"), ("matched", "seconds"), ("would match", "would_seconds")];

/// What would have come out differently, table by table.
fn tell(found: &Value, as_json: bool) {
    if as_json {
        shown::one(found, true);
        return;
    }
    let parts = [
        (
            "Acts that would be refused, also for want of something refused before:",
            "refused",
            REFUSED,
        ),
        ("Decisions that would come out otherwise:", "decisions", DECISIONS),
        ("Rounds that would match other hours:", "rounds", ROUNDS),
    ];
    for (says, name, columns) in parts {
        let rows = found[name].as_array().cloned().unwrap_or_default();
        crate::said::line(&says);
        match rows.is_empty() {
            true => crate::said::line(&"  none"),
            false => shown::list(&rows, columns, false),
        }
    }
}

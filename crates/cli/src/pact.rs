use std::path::Path;

use clap::{Args, Subcommand};
use federation::Pact;
use record::RecordFile;
use serde_json::{Value, json};

use crate::reach::{At, Reach};
use crate::record::Address;
use crate::shown;
use crate::undone::Undone;

/// The terms that the federation's units have signed.
#[derive(Args)]
#[command(after_help = "Examples:
  artel pact show
  artel pact try notice_days=14 majority=two-thirds
  artel pact try valley.sqlite notice_days=30
  artel pact try http://127.0.0.1:8080/f/FEDERATION notice_days=30

An exported copy is tried here, without a node. Check it with `artel record verify` first.")]
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
    /// them, and the acts that would be refused are counted and every decision that would differ is
    /// listed. Whoever may read a record can try it.
    Try {
        /// A copy of a record, a file or an address, if it is not the node's; then what changes:
        /// `notice_days=14`.
        #[arg(required = true, value_name = "[COPY] PARAMETER=VALUE")]
        said: Vec<String>,
    },
}

const COLUMNS: &[shown::Column] =
    &[("parameter", "name"), ("is", "is"), ("binds", "binds"), ("what it does", "says")];

impl Pacts {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        match &self.what {
            What::Show => {
                let reach = self.at.reach()?;
                let pact = in_force(&reach)?;
                let mut rows: Vec<Value> = Pact::PARAMETERS
                    .iter()
                    .map(|one| {
                        let binds = match one.binds {
                            federation::Binds::EachUnit => "each unit by its own version",
                            federation::Binds::All => "all, by the newest version",
                        };
                        let is = pact.in_words(one);
                        json!({ "name": one.name, "is": is, "binds": binds, "says": one.says() })
                    })
                    .collect();
                rows.extend(Pact::ASKED_APART.iter().map(|one| {
                    let is = format!("at most {}", one.most);
                    let binds = "all, by a question of its own";
                    json!({ "name": one.name, "is": is, "binds": binds, "says": one.does })
                }));
                shown::list(&rows, COLUMNS, reach.prints_json());
                Ok(())
            }
            What::Try { said } => {
                let (copy, changes) = match said.split_first() {
                    Some((copy, changes)) if !copy.contains('=') => (Some(copy), changes),
                    _ => (None, said.as_slice()),
                };
                if changes.is_empty() {
                    return Err(Undone::misused(
                        "nothing changes; say what does, such as `notice_days=14`",
                    ));
                }
                let found = match copy {
                    Some(copy) => in_copy(copy, changes)?,
                    None => at_node(&self.at.reach()?, changes)?,
                };
                tell(&found, self.at.json);
                Ok(())
            }
        }
    }
}

/// What a copy of a record would have come to, worked out here.
fn in_copy(copy: &str, changes: &[String]) -> Result<Value, Undone> {
    changed(&Pact::default(), changes)?;
    let pair = |change: &String| {
        let (name, text) = change.split_once('=')?;
        Some((name.trim().to_owned(), text.trim().to_owned()))
    };
    let changes = changes.iter().filter_map(pair).collect();
    let tried = if copy.contains("://") {
        node::try_copy(&mut Address::parse(copy).map_err(Undone::refused)?, changes)
    } else {
        let opened = RecordFile::open(Path::new(copy));
        node::try_copy(&mut opened.map_err(Undone::refused)?, changes)
    };
    Ok(tried?.told())
}

/// What the record of a node's federation would have come to, worked out there.
fn at_node(reach: &Reach, changes: &[String]) -> Result<Value, Undone> {
    changed(&in_force(reach)?, changes)?;
    let listed: Vec<Value> = changes
        .iter()
        .filter_map(|change| change.split_once('='))
        .map(|(name, text)| json!({ "parameter": name.trim(), "is": text.trim() }))
        .collect();
    reach.post(&reach.of_federation("/pact/try")?, &json!({ "changes": listed }))
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

/// How many rules that would say no are shown.
const RULES: usize = 10;

const REFUSED: &[shown::Column] = &[
    ("rule", "code"),
    ("acts", "acts"),
    ("of these about something refused before", "follow"),
    ("first entry", "entry"),
    ("it says of it", "message"),
];
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
    let rows = |name: &str| found[name].as_array().cloned().unwrap_or_default();
    let refused = rows("refused");
    let follow = refused.iter().filter(|row| row["follows"] == true).count();
    crate::said::line(&format!(
        "Acts that would be refused: {}, {follow} of them about something refused before.",
        refused.len()
    ));
    let rules = by_rule(&refused);
    if !rules.is_empty() {
        let shown = rules.get(..RULES).unwrap_or(&rules);
        shown::list(shown, REFUSED, false);
    }
    if rules.len() > RULES {
        let more = rules.len() - RULES;
        crate::said::line(&format!("and by {more} more rules; --json lists every act"));
    }
    let parts = [
        ("Decisions that would come out otherwise:", "decisions", DECISIONS),
        ("Rounds that would match other hours:", "rounds", ROUNDS),
    ];
    for (says, name, columns) in parts {
        let rows = rows(name);
        crate::said::line(&says);
        match rows.is_empty() {
            true => crate::said::line(&"  none"),
            false => shown::list(&rows, columns, false),
        }
    }
}

/// How many acts each rule would refuse, the first of them, and how many only follow from others; in the
/// order in which the rules first say no.
fn by_rule(refused: &[Value]) -> Vec<Value> {
    let mut rules: Vec<Value> = Vec::new();
    for row in refused {
        let follows = u64::from(row["follows"] == true);
        match rules.iter_mut().find(|rule| rule["code"] == row["code"]) {
            Some(rule) => {
                rule["acts"] = (rule["acts"].as_u64().unwrap_or_default() + 1).into();
                rule["follow"] = (rule["follow"].as_u64().unwrap_or_default() + follows).into();
            }
            None => rules.push(json!({
                "code": row["code"],
                "acts": 1,
                "follow": follows,
                "entry": row["entry"],
                "message": row["message"],
            })),
        }
    }
    rules
}

use clap::{Args, Subcommand};
use federation::{Pact, Reading};
use serde_json::{Value, json};

use crate::reach::{At, Reach};
use crate::said::say;
use crate::shown;
use crate::undone::Undone;

/// The federations that a node hosts; found one.
#[derive(Args)]
#[command(after_help = "Examples:
  artel federation list
  artel federation found \"River valley\" --me Rosa --unit Bakery:4 --unit Farm:12 --unit Clinic:7
  artel federation found \"Time bank\" --me Rosa --unit Rosa --unit Olga --unit Karim")]
pub(crate) struct Federations {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// What the node hosts.
    List,
    /// One federation and its pact.
    Show,
    /// The record, entry by entry.
    Entries {
        /// The entry to begin at.
        #[arg(long, default_value_t = 0)]
        from: u64,
        /// How many.
        #[arg(long, default_value_t = 100)]
        limit: u16,
    },
    /// Found a federation; you are the first member of the first unit.
    Found {
        /// What it is called.
        name: String,
        /// What you are called; only members see it.
        #[arg(long)]
        me: String,
        /// A founding unit, and how many members count: `Bakery:4`. Several.
        #[arg(long = "unit", required = true, value_name = "NAME[:MEMBERS]")]
        units: Vec<String>,
        #[command(flatten)]
        pact: Terms,
    },
}

/// What the pact says, where it is not the usual.
#[derive(Args)]
struct Terms {
    /// Only members read the record.
    #[arg(long)]
    members_only: bool,
    /// Something essential, and how much for each counted member in a round: `Bread; good; kg;
    /// 3.500; baked on the day`. Several.
    #[arg(long = "essential", value_name = "WHAT")]
    essentials: Vec<String>,
    /// What rounds prefer, the weightiest first.
    #[arg(long, default_value = "nearness, expiry, memory, changes", value_name = "ORDER")]
    order: String,
}

impl Terms {
    fn pact(&self) -> Result<Pact, Undone> {
        let essentials = self.essentials.iter().map(|line| node::read_essential(line));
        Ok(Pact {
            reading: if self.members_only { Reading::Members } else { Reading::Public },
            essentials: essentials.collect::<Result<_, _>>().map_err(Undone::misused)?,
            order: node::read_order(&self.order).map_err(Undone::misused)?,
            ..Pact::default()
        })
    }
}

const COLUMNS: &[shown::Column] = &[
    ("federation", "federation"),
    ("name", "name"),
    ("units", "units"),
    ("entries", "entries"),
    ("newest", "time"),
    ("read by", "reading"),
];

const ENTRY_COLUMNS: &[shown::Column] = &[
    ("entry", "number"),
    ("time", "time"),
    ("by", "person_name"),
    ("act", "act"),
    ("what", "says"),
];

impl Federations {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        match &self.what {
            What::List => {
                let list = reach.get("/federations")?;
                let rows = list["federations"].as_array().cloned().unwrap_or_default();
                shown::list(&rows, COLUMNS, reach.prints_json());
            }
            What::Show => {
                shown::one(&reach.get(&reach.of_federation("")?)?, reach.prints_json());
            }
            What::Entries { from, limit } => {
                let path = format!("/entries?from={from}&limit={limit}");
                let page = reach.get(&reach.of_federation(&path)?)?;
                let rows = page["rows"].as_array().cloned().unwrap_or_default();
                shown::list(&rows, ENTRY_COLUMNS, reach.prints_json());
            }
            What::Found { name, me, units, pact } => {
                found(&reach, name, me, (units, &pact.pact()?))?;
            }
        }
        Ok(())
    }
}

fn found(
    reach: &Reach,
    name: &str,
    me: &str,
    (units, pact): (&[String], &Pact),
) -> Result<(), Undone> {
    let units: Vec<_> = units.iter().map(|unit| founding_unit(unit)).collect();
    let body = json!({ "name": name, "units": units, "about": { "name": me }, "pact": pact });
    let answer = reach.post("/federations", &body)?;
    if reach.prints_json() {
        say!("{answer:#}");
        return Ok(());
    }
    let id = answer["federation"].as_str().unwrap_or_default();
    say!("`{name}` is founded: {id}");
    for invite in answer["invites"].as_array().into_iter().flatten() {
        let (label, code) = (shown::shown(invite, "label"), shown::shown(invite, "code"));
        say!("Invite for {label}: {}/f/{id}/invite/{code}", reach.node());
    }
    Ok(())
}

/// `Bakery:4` is a unit of four; without a number it has one member.
fn founding_unit(text: &str) -> Value {
    match text.rsplit_once(':').map(|(name, count)| (name, count.parse::<u32>())) {
        Some((name, Ok(count))) => json!({ "name": name, "counted_members": count }),
        _ => json!({ "name": text }),
    }
}

use clap::Args;
use federation::rows::{Round, Unit};
use serde_json::Value;

use crate::named::find;
use crate::reach::{At, Reach};
use crate::said::say;
use crate::shown;
use crate::undone::Undone;

/// What an open round would come to if nothing more were said before it closes.
#[derive(Args)]
pub(crate) struct Outlook {
    #[command(flatten)]
    at: At,
    /// The round, by number [default: the newest].
    round: Option<String>,
    /// What it means for this unit, by number or name: what it would give and get, and why not all.
    #[arg(long)]
    unit: Option<String>,
}

const COLUMNS: &[shown::Column] = &[
    ("giver", "giver_name"),
    ("receiver", "receiver_name"),
    ("what", "label"),
    ("how much", "quantity_steps"),
    ("hours", "worth_seconds"),
    ("in", "area"),
];

impl Outlook {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let path = format!("/rounds/{}/outlook", self.number(&reach)?);
        let path = match &self.unit {
            Some(unit) => format!("{path}/{}", find::<Unit>(&reach, unit)?.row["number"]),
            None => path,
        };
        let outlook = reach.get(&reach.of_federation(&path)?)?;
        match (reach.prints_json(), &self.unit) {
            (true, _) => say!("{outlook:#}"),
            (false, None) => tell(&outlook),
            (false, Some(_)) => tell_unit(&outlook),
        }
        Ok(())
    }

    /// The round that is meant.
    fn number(&self, reach: &Reach) -> Result<Value, Undone> {
        if let Some(round) = &self.round {
            return Ok(find::<Round>(reach, round)?.row["number"].clone());
        }
        let newest = reach.rows("rounds", "")?.pop();
        let none = || Undone::refused("no round was opened yet; `artel round open` opens one");
        Ok(newest.ok_or_else(none)?["number"].clone())
    }
}

fn tell(outlook: &Value) {
    let (hours, units) = (shown::shown(outlook, "hours_seconds"), &outlook["units"]);
    say!("{hours} hours between {units} units, {}", taken_in(outlook));
    say!("");
    shown::list(rows(outlook, "deliveries"), COLUMNS, false);
}

fn tell_unit(outlook: &Value) {
    let (gives, gets) =
        (shown::shown(outlook, "give_seconds"), shown::shown(outlook, "get_seconds"));
    say!("gives {gives} hours, gets {gets} hours, {}", taken_in(outlook));
    for (what, title) in [("gives", "It would give:"), ("gets", "It would get:")] {
        say!("");
        say!("{title}");
        shown::list(rows(outlook, what), COLUMNS, false);
    }
    say!("");
    let answer = &outlook["answer"];
    let left_out = rows(answer, "left_out").iter().map(|one| &one["says"]);
    for line in rows(answer, "says").iter().chain(left_out) {
        say!("{}", line.as_str().unwrap_or_default());
    }
}

/// What an outlook takes in, and until when it can change.
fn taken_in(outlook: &Value) -> String {
    let closes = shown::shown(outlook, "closes");
    format!("if nothing more is said before {closes}; as of entry {}", outlook["entries"])
}

fn rows<'a>(of: &'a Value, list: &str) -> &'a [Value] {
    of[list].as_array().map(Vec::as_slice).unwrap_or_default()
}

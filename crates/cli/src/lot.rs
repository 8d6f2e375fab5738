use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use federation::act::{CommitNumber, OpenLot, OpenNumber};
use federation::rows::Lot;
use federation::{Act, Line, LotNumber};
use node::make_number;

use crate::listed::Listed;
use crate::named::find;
use crate::reach::{At, Reach};
use crate::said::say;
use crate::undone::Undone;
use crate::{shown, written};

/// Public lots: at least five units bind themselves to numbers and then tell them, and everybody
/// draws the same from all of them.
#[derive(Args)]
#[command(after_help = "Examples:
  artel lot ask --about \"who opens the mill in May\" Ada Bo Cy
  artel lot commit 1
  artel lot tell 1 5f…e1")]
pub(crate) struct Lots {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The lots that are not drawn yet.
    List(Listed),
    /// One lot, with the numbers and who is drawn.
    Show { lot: String },
    /// Ask for a lot among names.
    Ask {
        /// What it is for.
        #[arg(long, default_value = "", value_parser = written::line)]
        about: Line,
        /// How many are drawn.
        #[arg(long, default_value_t = 1)]
        draw: u16,
        /// The names, at least two. A unit's or a person's that is known here stands for them.
        #[arg(required = true, num_args = 2.., value_parser = written::line)]
        names: Vec<Line>,
    },
    /// Bind our unit to a number that is made now and printed; keep it to yourself until all are
    /// bound, and tell it then.
    Commit { lot: String },
    /// Tell the number to which our unit is bound.
    Tell { lot: String, number: LotNumber },
}

const COLUMNS: &[shown::Column] = &[
    ("lot", "number"),
    ("what for", "about"),
    ("names", "names"),
    ("draws", "draw"),
    ("stage", "stage"),
    ("until", "until"),
    ("drawn", "drawn"),
];

impl Lots {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let act = match &self.what {
            What::List(listed) => {
                let rows = reach.rows("lots", &listed.filter(&reach)?)?;
                shown::list(&rows, COLUMNS, reach.prints_json());
                return Ok(());
            }
            What::Show { lot } => {
                shown::one(&find::<Lot>(&reach, lot)?.row, reach.prints_json());
                return Ok(());
            }
            What::Ask { about, draw, names } => {
                let (about, names) = (about.clone(), as_themselves(&reach, names)?);
                Act::OpenLot(OpenLot { about, names, draw: *draw })
            }
            What::Commit { lot } => {
                let lot = find::<Lot>(&reach, lot)?.named;
                let number = make_number()?;
                say!("your unit's number: {number}");
                Act::CommitNumber(CommitNumber { lot, hash: number.hash() })
            }
            What::Tell { lot, number } => {
                let lot = find::<Lot>(&reach, lot)?.named;
                Act::OpenNumber(OpenNumber { lot, number: *number })
            }
        };
        reach.act(&act, &[])
    }
}

/// Names of units and persons in the form in which the record knows them; a name that several bear
/// stays as it is written.
fn as_themselves(reach: &Reach, names: &[Line]) -> Result<Vec<Line>, Undone> {
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, field) in [("units", "ref"), ("persons", "person")] {
        for row in reach.rows(table, "")? {
            let name = row["name"].as_str().unwrap_or_default().to_lowercase();
            known.entry(name).or_default().extend(row[field].as_str().map(str::to_owned));
        }
    }
    let itself = |name: &Line| match known.get(&name.as_str().to_lowercase()).map(Vec::as_slice) {
        Some([one]) => Line::parse(one).map_err(Undone::refused),
        _ => Ok(name.clone()),
    };
    names.iter().map(itself).collect()
}

use clap::{Args, Subcommand};
use federation::Act;
use federation::act::{LayDownMandate, Recall};
use federation::rows::Mandate;

use crate::listed::Listed;
use crate::named::find;
use crate::reach::At;
use crate::shown;
use crate::undone::Undone;

/// Delegates: whom units have sent, with what, and how they are taken back.
///
/// A unit sends somebody by a poll of its members, which begins on the page Delegates.
#[derive(Args)]
#[command(after_help = "Examples:
  artel delegate list
  artel delegate show 3
  artel delegate recall 3")]
pub(crate) struct Delegates {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The mandates that hold.
    List(Listed),
    /// One mandate.
    Show { mandate: String },
    /// Sign to take a delegate back; it holds with the last signature that it needs.
    Recall { mandate: String },
    /// Give a mandate of your own back.
    LayDown { mandate: String },
}

const COLUMNS: &[shown::Column] = &[
    ("mandate", "number"),
    ("delegate", "delegate_name"),
    ("unit", "unit_name"),
    ("matter", "matter"),
    ("brings along", "brings"),
    ("until", "until"),
    ("recall needs", "needed"),
];

impl Delegates {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        match &self.what {
            What::List(listed) => {
                let rows = reach.rows("mandates", &listed.filter(&reach)?)?;
                shown::list(&rows, COLUMNS, reach.prints_json());
                Ok(())
            }
            What::Show { mandate } => {
                shown::one(&find::<Mandate>(&reach, mandate)?.row, reach.prints_json());
                Ok(())
            }
            What::Recall { mandate } => {
                let mandate = find::<Mandate>(&reach, mandate)?.named;
                reach.act(&Act::Recall(Recall { mandate }), &[])
            }
            What::LayDown { mandate } => {
                let mandate = find::<Mandate>(&reach, mandate)?.named;
                reach.act(&Act::LayDownMandate(LayDownMandate { mandate }), &[])
            }
        }
    }
}

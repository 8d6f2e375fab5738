use clap::{Args, Subcommand};
use federation::act::{BringThing, WithdrawThing, WouldTake};
use federation::rows::{Thing, Version};
use federation::{Act, Line};

use crate::listed::Listed;
use crate::named::find;
use crate::reach::At;
use crate::undone::Undone;
use crate::{shown, written};

/// A thing for a thing, without hours.
///
/// Each round looks for rings among all things in the swap, in which everybody gets the best on
/// their list that can be had. A ring is answered like a contract: `artel contract accept`.
#[derive(Args)]
#[command(after_help = "Examples:
  artel swap list
  artel swap bring drill/1 --what \"18 volts, hardly used\"
  artel swap would-take 3 7 5
  artel swap withdraw 3")]
pub(crate) struct Swaps {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// What is in the swap now.
    List(Listed),
    /// One thing.
    Show { thing: String },
    /// Bring a thing into the swap.
    Bring {
        /// Under which version: `drill/1`, or its number; it needs no value.
        version: String,
        /// How much, in whole measures.
        #[arg(default_value = "1")]
        quantity: String,
        /// Which one it is.
        #[arg(long, default_value = "", value_parser = written::line)]
        what: Line,
    },
    /// Say what you would take for a thing of yours; it replaces what was said before.
    WouldTake {
        /// Your thing, by number.
        thing: String,
        /// The things of others, best first; nothing, to take nothing.
        instead: Vec<String>,
    },
    /// Take a thing out of the swap.
    Withdraw { thing: String },
}

const COLUMNS: &[shown::Column] = &[
    ("thing", "number"),
    ("unit", "unit_name"),
    ("what", "label"),
    ("how much", "quantity_steps"),
    ("which", "what"),
    ("would take", "would_take"),
    ("contract", "contract"),
];

impl Swaps {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        match &self.what {
            What::List(listed) => {
                let rows = reach.rows("things", &listed.filter(&reach)?)?;
                shown::list(&rows, COLUMNS, reach.prints_json());
                Ok(())
            }
            What::Show { thing } => {
                shown::one(&find::<Thing>(&reach, thing)?.row, reach.prints_json());
                Ok(())
            }
            What::Bring { version, quantity, what } => {
                let version = find::<Version>(&reach, version)?;
                let quantity = version.quantity(quantity)?;
                let act = BringThing { version: version.named, quantity, what: what.clone() };
                reach.act(&Act::BringThing(act), &[])
            }
            What::WouldTake { thing, instead } => {
                let thing = find::<Thing>(&reach, thing)?.named;
                let instead = instead
                    .iter()
                    .map(|wanted| Ok(find::<Thing>(&reach, wanted)?.named))
                    .collect::<Result<_, Undone>>()?;
                reach.act(&Act::WouldTake(WouldTake { thing, instead }), &[])
            }
            What::Withdraw { thing } => {
                let thing = find::<Thing>(&reach, thing)?.named;
                reach.act(&Act::WithdrawThing(WithdrawThing { thing }), &[])
            }
        }
    }
}

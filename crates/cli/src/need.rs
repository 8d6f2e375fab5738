use clap::{Args, Subcommand};
use federation::Act;
use federation::act::{Side, WishAct};
use federation::rows::Version;
use measure::Value;

use crate::listed::Listed;
use crate::named::{Named, find};
use crate::reach::At;
use crate::undone::Undone;
use crate::wish::{self, Standing};
use crate::written;

/// What units want.
#[derive(Args)]
#[command(after_help = "Examples:
  artel need list --unit Bakery
  artel need add flour/2 --or flour/1 50 --value-max 0:20
  artel need withdraw 7")]
pub(crate) struct Needs {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// What stands now.
    List(Listed),
    /// One need.
    Show { need: String },
    /// Say what is wanted.
    Add {
        /// The version wanted: `flour/2`, or its number.
        version: String,
        /// How much, in whole measures: `2.5`; each time, if it repeats.
        quantity: String,
        /// A version that will do instead; several, best first.
        #[arg(long = "or", value_name = "VERSION")]
        others: Vec<String>,
        /// The highest value it accepts, in hours a whole measure.
        #[arg(long, value_name = "HOURS", value_parser = written::value)]
        value_max: Option<Value>,
        #[command(flatten)]
        standing: Standing,
    },
    /// Take a need back.
    Withdraw { need: String },
}

impl Needs {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        match &self.what {
            What::List(listed) => wish::list(&reach, Side::Need, listed),
            What::Show { need } => wish::show(&reach, Side::Need, need),
            What::Add { version, quantity, others, value_max, standing } => {
                let first: Named<Version> = find(&reach, version)?;
                let quantity = first.quantity(quantity)?;
                let mut versions = vec![first.named];
                for other in others {
                    versions.push(find::<Version>(&reach, other)?.named);
                }
                let wish = standing.wish(versions, quantity);
                reach.act(&Act::Need(WishAct { value_max: *value_max, ..wish }), &[])
            }
            What::Withdraw { need } => wish::withdraw(&reach, Side::Need, need),
        }
    }
}

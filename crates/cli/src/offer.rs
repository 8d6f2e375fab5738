use clap::{Args, Subcommand};
use federation::Act;
use federation::act::Side;
use federation::rows::Version;

use crate::listed::Listed;
use crate::named::find;
use crate::reach::At;
use crate::undone::Undone;
use crate::wish::{self, Standing};

/// What units can give.
#[derive(Args)]
#[command(after_help = "Examples:
  artel offer list
  artel offer add bread/3 20 --every-days 7 --area valley/mill
  artel offer withdraw 12")]
pub(crate) struct Offers {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// What stands now.
    List(Listed),
    /// One offer.
    Show { offer: String },
    /// Offer something.
    Add {
        /// Under which version: `bread/3`, or its number.
        version: String,
        /// How much, in whole measures: `2.5`; each time, if it repeats.
        quantity: String,
        #[command(flatten)]
        standing: Standing,
    },
    /// Take an offer back.
    Withdraw { offer: String },
}

impl Offers {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        match &self.what {
            What::List(listed) => wish::list(&reach, Side::Offer, listed),
            What::Show { offer } => wish::show(&reach, Side::Offer, offer),
            What::Add { version, quantity, standing } => {
                let version = find::<Version>(&reach, version)?;
                let quantity = version.quantity(quantity)?;
                reach.act(&Act::Offer(standing.wish(vec![version.named], quantity)), &[])
            }
            What::Withdraw { offer } => wish::withdraw(&reach, Side::Offer, offer),
        }
    }
}

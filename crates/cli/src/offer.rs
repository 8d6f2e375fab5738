use clap::{Args, Subcommand, ValueEnum};
use federation::act::{Consent, OfferAct, StandsFor, WithdrawOffer};
use federation::rows::{Offer, Unit, Version};
use federation::{Act, Line, Time};

use crate::named::find;
use crate::reach::{At, Reach};
use crate::undone::Undone;
use crate::{moment, shown, written};

/// What units can give.
#[derive(Args)]
#[command(after_help = "Examples:
  artel offer list
  artel offer add bread/3 20 --every-days 7 --place \"the bakery\"
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

/// Which rows are listed.
#[derive(Args)]
pub(crate) struct Listed {
    /// Also what is over.
    #[arg(long)]
    all: bool,
    /// Only of this unit, by number or name.
    #[arg(long)]
    unit: Option<String>,
}

/// For what, how often, until when and where something stands.
#[derive(Args)]
pub(crate) struct Standing {
    /// What it stands for.
    #[arg(long = "for-what", value_enum, default_value = "both")]
    stands_for: For,
    /// Standing consent: say yes in advance to every match within these limits.
    #[arg(long)]
    yes_in_advance: bool,
    /// Stands anew every so many days.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=366))]
    pub(crate) every_days: Option<u16>,
    /// Stands no longer from then on: `2026-05-01`, or `30d` from now.
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    pub(crate) until: Option<Time>,
    /// Where.
    #[arg(long, default_value = "", value_parser = written::line)]
    pub(crate) place: Line,
}

#[derive(Clone, Copy, ValueEnum)]
enum For {
    Rounds,
    Direct,
    Both,
}

impl Listed {
    /// The filter that an address carries.
    pub(crate) fn filter(&self, reach: &Reach) -> Result<String, Undone> {
        let open = if self.all { "" } else { "&open=true" };
        let Some(unit) = &self.unit else { return Ok(open.to_owned()) };
        let unit = find::<Unit>(reach, unit)?;
        Ok(format!("{open}&unit={}", unit.row["number"]))
    }
}

impl Standing {
    pub(crate) const fn stands_for(&self) -> StandsFor {
        match self.stands_for {
            For::Rounds => StandsFor::Rounds,
            For::Direct => StandsFor::Direct,
            For::Both => StandsFor::Both,
        }
    }

    pub(crate) const fn consent(&self) -> Consent {
        if self.yes_in_advance { Consent::Standing } else { Consent::Ask }
    }
}

const COLUMNS: &[shown::Column] = &[
    ("offer", "number"),
    ("unit", "unit_name"),
    ("what", "label"),
    ("left", "left_steps"),
    ("hours each", "value_seconds"),
    ("every days", "every_days"),
    ("until", "until"),
    ("place", "place"),
];

impl Offers {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        match &self.what {
            What::List(listed) => {
                let rows = reach.rows("offers", &listed.filter(&reach)?)?;
                shown::list(&rows, COLUMNS, reach.prints_json());
                Ok(())
            }
            What::Show { offer } => {
                shown::one(&find::<Offer>(&reach, offer)?.row, reach.prints_json());
                Ok(())
            }
            What::Add { version, quantity, standing } => {
                let version = find::<Version>(&reach, version)?;
                let act = OfferAct {
                    version: version.named,
                    quantity: version.quantity(quantity)?,
                    stands_for: standing.stands_for(),
                    consent: standing.consent(),
                    every_days: standing.every_days,
                    until: standing.until,
                    place: standing.place.clone(),
                };
                reach.act(&Act::Offer(act), &[])
            }
            What::Withdraw { offer } => {
                let offer = find::<Offer>(&reach, offer)?.named;
                reach.act(&Act::WithdrawOffer(WithdrawOffer { offer }), &[])
            }
        }
    }
}

use clap::{Args, ValueEnum};
use federation::act::{Consent, Side, StandsFor, WishAct, Withdraw};
use federation::rows::Version;
use federation::{Act, Area, Ref, Time};
use measure::Quantity;

use crate::listed::Listed;
use crate::named::find_wish;
use crate::reach::Reach;
use crate::undone::Undone;
use crate::{moment, shown, written};

/// For what, how often, from when until when and where something stands.
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
    every_days: Option<u16>,
    /// Can be handed over, or taken, from then on: `2026-05-01`, or `30d` from now.
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    from: Option<Time>,
    /// Stands no longer from then on: `2026-05-01`, or `30d` from now.
    #[arg(long, value_name = "WHEN", value_parser = moment::parse)]
    until: Option<Time>,
    /// Where, from wide to narrow: `valley/mill`.
    #[arg(long, value_parser = written::area)]
    area: Option<Area>,
}

#[derive(Clone, Copy, ValueEnum)]
enum For {
    Rounds,
    Direct,
    Both,
}

impl Standing {
    /// The offer or need that stands so.
    pub(crate) fn wish(&self, versions: Vec<Ref<Version>>, quantity: Quantity) -> WishAct {
        WishAct {
            versions,
            quantity,
            value_max: None,
            stands_for: match self.stands_for {
                For::Rounds => StandsFor::Rounds,
                For::Direct => StandsFor::Direct,
                For::Both => StandsFor::Both,
            },
            consent: if self.yes_in_advance { Consent::Standing } else { Consent::Ask },
            every_days: self.every_days,
            from: self.from,
            until: self.until,
            area: self.area.clone(),
        }
    }
}

const COLUMNS: &[shown::Column] = &[
    ("number", "number"),
    ("unit", "unit_name"),
    ("what", "labels"),
    ("left", "left_steps"),
    ("hours each", "value_seconds"),
    ("at most", "value_max_seconds"),
    ("every days", "every_days"),
    ("from", "from"),
    ("until", "until"),
    ("area", "area"),
];

/// Prints what stands on one side.
pub(crate) fn list(reach: &Reach, side: Side, listed: &Listed) -> Result<(), Undone> {
    let (table, without) = match side {
        Side::Offer => ("offers", "value_max_seconds"),
        Side::Need => ("needs", "value_seconds"),
    };
    let rows = reach.rows(table, &listed.filter(reach)?)?;
    let columns = COLUMNS.iter().copied().filter(|&(_, field)| field != without);
    shown::list(&rows, &columns.collect::<Vec<_>>(), reach.prints_json());
    Ok(())
}

/// Prints one offer or need.
pub(crate) fn show(reach: &Reach, side: Side, number: &str) -> Result<(), Undone> {
    shown::one(&find_wish(reach, side, number)?.row, reach.prints_json());
    Ok(())
}

/// Takes an offer or a need back.
pub(crate) fn withdraw(reach: &Reach, side: Side, number: &str) -> Result<(), Undone> {
    let wish = find_wish(reach, side, number)?.named;
    reach.act(&Act::Withdraw(Withdraw { wish }), &[])
}

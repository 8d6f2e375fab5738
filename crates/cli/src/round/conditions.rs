use std::path::{Path, PathBuf};

use circuits::{Preference, Terms};
use clap::Args;

use super::units::Units;
use super::week;

/// What a round goes by beside what is offered, needed or owed.
#[derive(Args)]
pub(crate) struct Conditions {
    /// Who the units are; without it nobody may use or earn entitlement
    ///
    /// Columns: `unit[,members,entitlement_hours,allowance_hours,ceiling_hours,place,short_percent]`.
    /// All hours are the whole unit's. Without a ceiling there is none; an empty allowance is nought.
    /// With a column `members`, hours are shared out evenly by member.
    #[arg(long, value_name = "FILE")]
    pub(crate) units: Option<PathBuf>,

    /// Who will not deal with whom, in either direction
    ///
    /// Columns: `unit,partner`.
    #[arg(long, value_name = "FILE")]
    pub(crate) refusals: Option<PathBuf>,

    /// The plan that should change least, as `artel round solve` wrote it
    #[arg(long, value_name = "FILE")]
    pub(crate) before: Option<PathBuf>,

    /// When the round closes: what is over before that week is over
    #[arg(long, value_name = "DATE", value_parser = week::parse)]
    week: Option<u32>,

    /// Which of the best plans are preferred, the weightiest first; `none` for no preference
    #[arg(long, value_name = "LIST", value_parser = order, default_value = "nearness,expiry,memory,changes")]
    order: Order,

    /// What the tie-break draws from: 64 hexadecimal digits
    #[arg(long, value_name = "HEX", value_parser = seed, default_value = NO_SEED, hide_default_value = true)]
    pub(crate) seed: Seed,
}

const NO_SEED: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// 32 bytes that nobody could foresee, or noughts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seed(pub(crate) [u8; 32]);

#[derive(Debug, Clone)]
struct Order(Vec<Preference>);

impl Conditions {
    /// The week in which the round closes, if one is named.
    pub(crate) const fn week(&self) -> Option<u32> {
        self.week
    }

    /// What the round goes by. Hours are shared out evenly if members are counted, and rooms are kept
    /// to exactly if they are named.
    pub(crate) fn terms(&self, units: &Units) -> Terms {
        Terms {
            evenness: units.by_members,
            week: self.week.unwrap_or(0),
            order: self.order.0.clone(),
            exact_rooms: units.by_rooms,
        }
    }

    /// The files that are read.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        [&self.units, &self.refusals, &self.before].into_iter().filter_map(Option::as_deref)
    }
}

fn order(text: &str) -> Result<Order, String> {
    let mut order = Vec::new();
    for name in text.split(',').filter(|_| text != "none") {
        let known = Terms::default().order.into_iter().find(|one| one.to_string() == name);
        let one = known.ok_or_else(|| {
            format!(
                "`{name}` is no preference; expected nearness, expiry, memory, changes, or none alone"
            )
        })?;
        if order.contains(&one) {
            return Err(format!("`{name}` stands there twice; expected it once"));
        }
        order.push(one);
    }
    Ok(Order(order))
}

fn seed(text: &str) -> Result<Seed, String> {
    let expected = || "expected 64 hexadecimal digits".to_owned();
    if text.len() != 64 || !text.is_ascii() {
        return Err(expected());
    }
    let mut seed = [0; 32];
    for (byte, place) in seed.iter_mut().zip((0..64).step_by(2)) {
        let digits = text.get(place..place + 2).unwrap_or_default();
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(expected());
        }
        *byte = u8::from_str_radix(digits, 16).map_err(|_| expected())?;
    }
    Ok(Seed(seed))
}

impl std::fmt::Display for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

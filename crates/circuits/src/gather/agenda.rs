//! Which stages a round has, before the tie-break: those that can decide anything.

use sha2::{Digest, Sha256};

use crate::round::{Debt, Intake, Merged, Reach, Round, Share};
use crate::stage::{BANDS, Class, Stage};
use crate::terms::Preference;

/// The stages in their order; a floor has a stage for each of its levels.
pub(super) fn stages(round: &Round, intakes: &[(Intake, usize)]) -> Vec<Stage> {
    let mut stages = floors(round);
    for class in [Class::Essential, Class::Other] {
        if class == Class::Other || !stages.is_empty() {
            stages.push(Stage::Hours(class));
            let bands = (0..).zip(BANDS).filter(|&(_, bound)| {
                round.terms.evenness
                    && intakes.iter().any(|(one, _)| reaches(round, one, class, bound))
            });
            stages.extend(bands.map(|(band, _)| Stage::Evenness(class, band)));
        }
    }
    let wanted = round.terms.order.iter().filter(|preference| counts(round, **preference));
    stages.extend(wanted.map(|preference| match preference {
        Preference::Nearness => Stage::Nearness,
        Preference::Expiry => Stage::Expiry,
        Preference::Memory => Stage::Memory,
        Preference::Changes => Stage::Changes,
    }));
    stages
}

/// The floors of all versions of which something is essential, in the order of their hashes.
fn floors(round: &Round) -> Vec<Stage> {
    let direct = round.gets.iter().zip(&round.shares).filter_map(|(get, share)| match share {
        Share::Direct { essential } => (*essential > 0).then_some(get.version),
        Share::Floor(_) => None,
    });
    let mut versions: Vec<u32> =
        direct.chain(round.floors.iter().map(|floor| floor.version)).collect();
    versions.sort_unstable();
    versions.dedup();
    versions.sort_by_cached_key(|&version| {
        let mut hash = Sha256::new_with_prefix(round.seed);
        hash.update(b"e");
        hash.update(round.version_label(version).map_or(&[][..], |label| &label.0));
        <[u8; 32]>::from(hash.finalize())
    });
    versions.into_iter().map(Stage::Floor).collect()
}

/// Whether an intake of a class reaches beyond the bound of a band. Where none does, the band holds
/// all hours of the class, and those are settled.
fn reaches(round: &Round, intake: &Intake, class: Class, bound: i64) -> bool {
    intake.class == class && intake.seconds > bound * round.members(intake.unit)
}

/// Whether a preference can make a difference to any flow.
fn counts(round: &Round, preference: Preference) -> bool {
    let short = |unit| round.short(unit) > 0;
    match preference {
        Preference::Nearness => has_distance(round),
        Preference::Expiry => round.gives.iter().any(|give| round.urgency(give) > 0),
        Preference::Memory => {
            round.gets.iter().any(|get| short(get.unit))
                || round.debts.iter().any(|debt| short(debt.receiver))
        }
        Preference::Changes => {
            round.gives.iter().chain(&round.gets).any(|wish| wish.before > 0)
                || round.debts.iter().any(|debt| debt.before > 0)
        }
    }
}

fn has_distance(round: &Round) -> bool {
    if round.areas.is_empty() {
        return false;
    }
    let apart = |wish: &Merged| match wish.reach {
        Reach::Lot(lot) => round.distance(round.place(wish), round.lot_area(lot)) > 0,
        Reach::Span(_) => false,
    };
    let spans = || round.give_spans.iter().chain(&round.get_spans);
    let between =
        |debt: &Debt| round.distance(round.home(debt.giver), round.home(debt.receiver)) > 0;
    round.gives.iter().chain(&round.gets).any(apart)
        || spans().any(|span| {
            span.lots.iter().any(|&lot| round.distance(span.place, round.lot_area(lot)) > 0)
        })
        || round.debts.iter().any(between)
}

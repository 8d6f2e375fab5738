//! What of each need is essential, and what each unit takes in of a class.

use crate::maps::{Key, UnitIndex, VersionIndex};
use crate::request::{Unit, Version};
use crate::round::{Debt, Floor, Intake, Merged, Share};
use crate::stage::Class;

use super::order::Placed;

/// The seconds of a version that are essential for each counted member; nought if it is none.
pub(crate) fn essential_seconds(version: &Version) -> i64 {
    let worth = version.essential.and_then(|most| version.value.worth(most, version.decimals));
    worth.map_or(0, measure::Hours::seconds)
}

/// How each need is shared out between the classes, and the floors of units with several needs of
/// one essential version.
pub(super) fn shares(
    units: &[Placed<Unit, UnitIndex>],
    versions: &[Placed<Version, VersionIndex>],
    gets: &[Merged],
) -> (Vec<Share>, Vec<Floor>) {
    let (mut shares, mut floors) = (Vec::with_capacity(gets.len()), Vec::new());
    for own in gets.chunk_by(|a, b| (a.version, a.unit) == (b.version, b.unit)) {
        let Some(&Merged { version, unit, .. }) = own.first() else { continue };
        let most = versions.get(VersionIndex(version).position());
        let most = most.map_or(0, |version| essential_seconds(&version.item));
        let members = units.get(UnitIndex(unit).position()).map_or(1, |unit| unit.item.members);
        let seconds = own.iter().map(|get| get.seconds).sum();
        let essential = i128::from(seconds).min(i128::from(most) * i128::from(members));
        let essential = i64::try_from(essential).unwrap_or(seconds);
        if essential == 0 || own.len() == 1 {
            shares.extend(own.iter().map(|_| Share::Direct { essential }));
        } else {
            let floor = UnitIndex::at(floors.len()).0;
            floors.push(Floor { version, unit, essential, other: seconds - essential });
            shares.extend(own.iter().map(|_| Share::Floor(floor)));
        }
    }
    (shares, floors)
}

/// Everything that each unit can take in of each class, by unit and class: of one arc or of several.
pub(super) fn intakes(
    gets: &[Merged],
    shares: &[Share],
    floors: &[Floor],
    debts: &[Debt],
) -> Vec<(Intake, usize)> {
    let mut arcs: Vec<Intake> = Vec::new();
    let mut add = |unit, class, seconds| {
        if seconds > 0 {
            arcs.push(Intake { unit, class, seconds });
        }
    };
    for (get, share) in gets.iter().zip(shares) {
        if let Share::Direct { essential } = *share {
            add(get.unit, Class::Essential, essential);
            add(get.unit, Class::Other, get.seconds - essential);
        }
    }
    for floor in floors {
        add(floor.unit, Class::Essential, floor.essential);
        add(floor.unit, Class::Other, floor.other);
    }
    for debt in debts {
        add(debt.receiver, Class::Other, debt.seconds);
    }
    arcs.sort_unstable_by_key(|arc| (arc.unit, arc.class));
    let same = arcs.chunk_by(|a, b| (a.unit, a.class) == (b.unit, b.class));
    let all = same.filter_map(|arcs| {
        let seconds = arcs.iter().map(|arc| arc.seconds).sum();
        Some((Intake { seconds, ..*arcs.first()? }, arcs.len()))
    });
    all.collect()
}

/// The intakes of several arcs, which need a node to come together.
pub(super) fn joined(intakes: &[(Intake, usize)]) -> Vec<Intake> {
    intakes.iter().filter(|(_, arcs)| *arcs > 1).map(|(intake, _)| *intake).collect()
}

use circuits::{Answers, OpenNeed, Trace, UnitIndex, WantedOf, Why};
use proptest::prelude::*;

use crate::cases::{Case, UNITS, cases};
use crate::plain::{For, World};

/// The seconds of a need that stayed open for one reason.
fn part(need: &OpenNeed, reason: impl Fn(&Why) -> bool) -> i64 {
    need.parts.iter().filter(|part| reason(&part.why)).map(|part| part.hours.seconds()).sum()
}

fn arc(unit: u32, wanted: WantedOf) -> For {
    match wanted {
        WantedOf::Version(version) => For::Need(unit, version.0),
        WantedOf::OwedBy(giver) => For::Owed(giver.0, unit),
    }
}

/// Each reason with the seconds that a plain search gives it.
fn searched(world: &World, unit: u32, what: For) -> [i64; 3] {
    let mut loose = world.clone();
    loose.hold(|_| true);
    loose.loosen_own_room(unit);
    let own_room = loose.most_more(what);
    loose.loosen_room(|_| true);
    let all_rooms = loose.most_more(what);
    let mut shared = world.clone();
    shared.hold(|other| World::receiver(other) == unit);
    shared.loosen_room(|_| true);
    let others = shared.most_more(what);
    [own_room, all_rooms - own_room, others - all_rooms]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_second_that_stayed_open_has_the_reason_that_a_plain_search_finds(case in cases()) {
        let (round, plan) = case.planned();
        let world = World::new(&case, &round, &plan);
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        let mut open = 0;
        for unit in 0..UNITS {
            for need in answers.open_needs(UnitIndex(unit)) {
                open += 1;
                let what = arc(unit, need.wanted);
                let held = world.0[&what];
                prop_assert_eq!(need.needed.seconds(), held.upper);
                prop_assert_eq!(need.met.seconds(), held.flow);
                let all: i64 = need.parts.iter().map(|part| part.hours.seconds()).sum();
                prop_assert_eq!(all, held.upper - held.flow);
                let found = [
                    part(&need, |why| matches!(why, Why::RoomUsedUp)),
                    part(&need, |why| matches!(why, Why::OthersFull { .. })),
                    part(&need, |why| matches!(why, Why::WentToOthers { .. })),
                ];
                prop_assert_eq!(found, searched(&world, unit, what));
            }
        }
        let short = world.0.iter().filter(|(what, arc)| World::is_need(**what) && arc.flow < arc.upper);
        prop_assert_eq!(open, short.count());
    }

    #[test]
    fn so_much_more_room_would_meet_a_need_and_nobody_would_get_less(case in cases()) {
        let (round, plan) = case.planned();
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        let before = case.met();
        for unit in 0..UNITS {
            for need in answers.open_needs(UnitIndex(unit)) {
                let lacking = part(&need, |why| matches!(why, Why::RoomUsedUp));
                let mut wider = case.clone();
                wider.rooms[unit as usize].0 += lacking;
                prop_assert!(wider.met() >= before + lacking);
            }
        }
    }

    #[test]
    fn whoever_would_get_less_is_named_where_others_stand_first(case in cases()) {
        let (round, plan) = case.planned();
        let world = World::new(&case, &round, &plan);
        let trace = Trace::new(&round, &plan).unwrap();
        let answers = Answers::new(&round, &trace);
        for unit in 0..UNITS {
            for need in answers.open_needs(UnitIndex(unit)) {
                let what = arc(unit, need.wanted);
                for part in &need.parts {
                    let Why::WentToOthers { instead_of, decided, .. } = &part.why else { continue };
                    let mut shared = world.clone();
                    shared.hold(|other| World::receiver(other) == unit);
                    prop_assert_eq!(decided.is_some(), shared.most_more(what) > 0);
                    // With those named held as well, and only those, more takes others.
                    prop_assert_eq!(decided.is_some(), !instead_of.is_empty());
                    let named = |other: For| instead_of.contains(&UnitIndex(World::receiver(other)));
                    let mut rest = world.clone();
                    rest.hold(|other| !named(other));
                    prop_assert!(decided.is_none() || rest.most_more(what) > 0);
                }
            }
        }
    }
}

/// Units by number: rooms, offers, needs.
fn case(rooms: &[(i64, i64)], offers: &[(u32, u32, i64)], needs: &[(u32, u32, i64)]) -> Case {
    let mut rooms = rooms.to_vec();
    rooms.resize(UNITS as usize, (0, 0));
    Case { rooms, offers: offers.to_vec(), needs: needs.to_vec(), owed: Vec::new() }
}

fn reasons(case: &Case, unit: u32) -> Vec<(i64, Why)> {
    let (round, plan) = case.planned();
    let trace = Trace::new(&round, &plan).unwrap();
    let answers = Answers::new(&round, &trace);
    let needs = answers.open_needs(UnitIndex(unit));
    let parts = needs.into_iter().flat_map(|need| need.parts);
    parts.map(|part| (part.hours.seconds(), part.why)).collect()
}

#[test]
fn a_need_that_nobody_offers_is_not_offered() {
    let case = case(&[(9, 9), (9, 9)], &[(0, 0, 2)], &[(1, 0, 5), (1, 1, 3)]);
    assert_eq!(reasons(&case, 1), [(3, Why::NotOffered), (3, Why::NotOffered)]);
}

#[test]
fn a_need_beyond_its_units_room_names_the_room_that_is_missing() {
    let case = case(&[(9, 9), (2, 9)], &[(0, 0, 8)], &[(1, 0, 5)]);
    assert_eq!(reasons(&case, 1), [(3, Why::RoomUsedUp)]);
}

#[test]
fn a_giver_at_its_ceiling_is_named() {
    let case = case(&[(9, 2), (9, 9)], &[(0, 0, 8)], &[(1, 0, 5)]);
    assert_eq!(reasons(&case, 1), [(3, Why::OthersFull { givers: vec![UnitIndex(0)] })]);
}

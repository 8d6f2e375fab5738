//! Who can meet whom, and where.

use measure::{Hours, Quantity, Value};

use crate::request::{Obligation, Refused, Request, Unit, Version, Weeks, Wish};
use crate::round::{Reach, Round, Share};
use crate::stage::{Class, Stage};
use crate::{Area, Label, RoundRefused, UnitIndex, VersionIndex};

/// Four units of an hour's room and bread of an hour.
fn request() -> Request {
    let room = Hours::whole(1);
    let unit = |name| Unit::new(Label::from(name), room, room);
    Request {
        units: ["a", "b", "c", "d"].map(unit).into(),
        versions: vec![Version::new(Label::from("bread"), Value::from_seconds(3600).unwrap(), 0)],
        ..Request::default()
    }
}

fn bread(unit: u32, loaves: i64) -> Wish {
    Wish::new(UnitIndex(unit), VersionIndex(0), Quantity::from_steps(loaves).unwrap())
}

fn at(path: &str, mut wish: Wish) -> Wish {
    wish.area = Some(Area::try_new(path).unwrap());
    wish
}

fn during(from: u32, until: u32, wish: Wish) -> Wish {
    Wish { weeks: Weeks { from: Some(from), until: Some(until) }, ..wish }
}

fn round(offers: &[Wish], needs: &[Wish]) -> Round {
    let (offers, needs) = (offers.to_vec(), needs.to_vec());
    Round::try_new(Request { offers, needs, ..request() }).unwrap()
}

/// The units and seconds of wishes that have an arc.
fn left(wishes: &[crate::round::Merged]) -> Vec<(u32, i64)> {
    wishes.iter().map(|wish| (wish.unit, wish.seconds / 3600)).collect()
}

#[test]
fn what_a_unit_can_do_for_itself_is_taken_off_wherever_it_fits() {
    let needs = [at("valley/mill", bread(0, 3)), bread(1, 9)];
    let fits = round(&[at("valley", bread(0, 5))], &needs);
    assert_eq!(left(&fits.gives), [(0, 2)]);
    assert_eq!(left(&fits.gets), [(1, 9)]);
    let apart = round(&[at("hill", bread(0, 5))], &needs);
    assert_eq!(left(&apart.gives), [(0, 5)]);
    assert_eq!(left(&apart.gets), [(1, 9)]);
    assert_eq!(apart.needed_seconds(), 12 * 3600);
}

#[test]
fn an_offer_that_reaches_two_places_has_a_span() {
    let found = round(&[bread(0, 5)], &[at("hill", bread(1, 1)), at("valley", bread(2, 1))]);
    assert_eq!(found.lots.len(), 2);
    assert_eq!(found.gives[0].reach, Reach::Span(0));
    assert_eq!(found.give_spans[0].lots, [0, 1]);
    assert_eq!(found.gets.iter().map(|get| get.reach).collect::<Vec<_>>(), [0, 1].map(Reach::Lot));
    // Whoever offers in the valley only has a lot and needs no span.
    let found = round(&[at("valley", bread(0, 5))], &[at("valley", bread(2, 1)), bread(1, 1)]);
    assert_eq!((found.lots.len(), found.give_spans.len()), (1, 0));
}

#[test]
fn weeks_that_no_window_separates_are_one_lot() {
    let found = round(&[during(1, 5, bread(0, 5))], &[during(3, 9, bread(1, 1))]);
    assert_eq!(found.lots.iter().map(|lot| lot.week).collect::<Vec<_>>(), [Some(3)]);
    let never = round(&[during(1, 2, bread(0, 5))], &[during(3, 9, bread(1, 1))]);
    assert!(never.lots.is_empty() && never.gives.is_empty() && never.gets.is_empty());
}

#[test]
fn whoever_refused_a_giver_draws_on_lots_without_it() {
    let refused = vec![Refused { unit: UnitIndex(2), partner: UnitIndex(0) }];
    let (offers, needs) = (vec![bread(0, 5), bread(3, 5)], vec![bread(1, 1), bread(2, 1)]);
    let found = Round::try_new(Request { offers, needs, refused, ..request() }).unwrap();
    let without: Vec<_> = found.lots.iter().map(|lot| lot.without.clone()).collect();
    assert_eq!(without, [vec![], vec![0]]);
    assert_eq!(
        found.gives.iter().map(|give| give.reach).collect::<Vec<_>>(),
        [Reach::Lot(0), Reach::Span(0)]
    );
    assert_eq!(found.gets.iter().map(|get| get.reach).collect::<Vec<_>>(), [0, 1].map(Reach::Lot));
}

#[test]
fn hours_that_many_lots_multiply_are_refused() {
    let mut request = request();
    request.versions[0].value = Value::from_seconds(1 << 42).unwrap();
    request.offers = vec![bread(0, 1 << 10)];
    request.needs = (0..900).map(|week| during(week, week, bread(1, 1))).collect();
    assert!(Round::try_new(request.clone()).is_ok());
    request.needs = (0..1100).map(|week| during(week, week, bread(1, 1))).collect();
    assert_eq!(Round::try_new(request).unwrap_err(), RoundRefused::TooManyHours);
}

#[test]
fn several_needs_of_an_essential_share_a_floor_and_bands_an_intake() {
    let mut request = request();
    request.versions[0].essential = Quantity::from_steps(2);
    request.offers = vec![bread(0, 9)];
    request.needs = vec![at("hill", bread(1, 1)), at("valley", bread(1, 4)), bread(2, 5)];
    let hours = Hours::whole(1);
    request.obligations = vec![Obligation { giver: UnitIndex(3), receiver: UnitIndex(2), hours }];
    request.terms.evenness = true;
    let found = Round::try_new(request).unwrap();
    let floors: Vec<_> = found.floors.iter().map(|f| (f.unit, f.essential, f.other)).collect();
    assert_eq!(floors, [(1, 2 * 3600, 3 * 3600)]);
    assert_eq!(found.shares.last(), Some(&Share::Direct { essential: 2 * 3600 }));
    let intakes: Vec<_> = found.intakes.iter().map(|one| (one.unit, one.class)).collect();
    assert_eq!(intakes, [(2, Class::Other)]);
    assert_eq!(found.agenda.first(), Some(&Stage::Floor(0)));
}

/// Two hundred units with an offer and a need of bread each, that name no place or time, and twenty
/// newcomers: in eight places and windows of their own each, and refused partners.
fn with_newcomers() -> Request {
    let room = Hours::whole(10);
    let unit = |number: u32| Unit::new(Label::from(format!("{number:03}").as_str()), room, room);
    let mut offers: Vec<_> =
        (0..200).filter(|unit| unit % 2 == 0).map(|unit| bread(unit, 5)).collect();
    let mut needs: Vec<_> =
        (0..200).filter(|unit| unit % 2 == 1).map(|unit| bread(unit, 5)).collect();
    let mut refused = Vec::new();
    for newcomer in 200..220 {
        for turn in 0..8 {
            let week = 10 * newcomer + turn;
            let wish =
                at(&format!("{newcomer}/{turn}"), during(week, week + 4, bread(newcomer, 1)));
            if turn % 2 == 0 { &mut offers } else { &mut needs }.push(wish);
        }
        offers.push(bread(newcomer, 1));
        let partners = (0..13).map(|turn| 1 + (newcomer * 37 + turn * turn * 2) % 200);
        refused.extend(partners.map(|partner| Refused {
            unit: UnitIndex(newcomer),
            partner: UnitIndex(partner % 200),
        }));
    }
    Request { units: (0..220).map(unit).collect(), offers, needs, refused, ..request() }
}

#[test]
fn newcomers_who_tell_much_apart_keep_nobody_else_from_a_round() {
    let round = Round::try_new(with_newcomers()).unwrap();
    let out: Vec<_> = round.crowded_out().collect();
    // No more of them than must.
    assert!((1..20).contains(&out.len()), "{out:?}");
    assert!(out.iter().all(|(unit, _)| unit.0 >= 200), "{out:?}");
    let founders =
        |wishes: &[crate::round::Merged]| wishes.iter().filter(|wish| wish.unit < 200).count();
    assert_eq!((founders(&round.gives), founders(&round.gets)), (100, 100));
    assert!(round.lone_gives.iter().chain(&round.lone_gets).all(|wish| wish.unit >= 200));
    // In another order the same units stay out.
    let mut turned = with_newcomers();
    turned.offers.reverse();
    turned.needs.reverse();
    turned.refused.reverse();
    assert_eq!(Round::try_new(turned).unwrap(), round);
}

#[test]
fn many_offers_and_needs_of_one_unit_that_do_not_fit_take_no_longer_each() {
    // Compared one with one these were 9 × 10⁸, twice.
    let places = |name: &str| -> Vec<_> {
        (0..30_000).map(|place| at(&format!("{name}/{place}"), bread(0, 1))).collect()
    };
    let found = round(&places("hill"), &places("valley"));
    assert_eq!((found.lone_gives.len(), found.lone_gets.len()), (30_000, 30_000));
    let met = round(&places("hill"), &places("hill"));
    assert!(met.lone_gives.is_empty() && met.lone_gets.is_empty());
}

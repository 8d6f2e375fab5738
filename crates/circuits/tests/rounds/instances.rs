//! Random rounds of all shapes.

use circuits::{
    Accepted, Area, Before, Label, Obligation, Preference, Refused, Request, Round, Terms, Unit,
    UnitIndex, Version, VersionIndex, Weeks, Wish,
};
use measure::{Hours, Quantity, Value};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// What instances are drawn from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) units: u32,
    pub(crate) versions: u32,
    /// The most offers, and the most needs.
    pub(crate) wishes: usize,
    /// The most obligations.
    pub(crate) owed: usize,
    /// Whether wishes have areas and windows, units homes, and some refuse each other.
    pub(crate) spread: bool,
    /// Whether there are essential versions and evenness.
    pub(crate) shared: bool,
    /// Whether rooms can be short.
    pub(crate) rooms: bool,
    pub(crate) amounts: Amounts,
}

/// How large values, needs and rooms are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amounts {
    Any,
    /// Up to the largest that are allowed.
    Huge,
    /// Whole hours and few of them, so that rooms and wishes bite each other.
    Tight,
}

pub(crate) const SMALL: Shape = Shape {
    units: 5,
    versions: 4,
    wishes: 14,
    owed: 3,
    spread: true,
    shared: true,
    rooms: true,
    amounts: Amounts::Any,
};

pub(crate) fn hours(seconds: i64) -> Hours {
    Hours::from_seconds(seconds).unwrap()
}

pub(crate) fn steps(steps: i64) -> Quantity {
    Quantity::from_steps(steps).unwrap()
}

pub(crate) fn area(path: &str) -> Area {
    Area::try_new(path).unwrap()
}

pub(crate) fn round(request: &Request) -> Round {
    Round::try_new(request.clone()).unwrap()
}

fn any_area(spread: bool) -> BoxedStrategy<Option<Area>> {
    if !spread {
        return Just(None).boxed();
    }
    let paths = vec!["v", "v/m", "v/n", "v/n/a", "w", "w/k"];
    prop_oneof![2 => Just(None), 3 => select(paths).prop_map(|path| Some(area(path)))].boxed()
}

fn weeks(spread: bool) -> BoxedStrategy<Weeks> {
    if !spread {
        return Just(Weeks::default()).boxed();
    }
    let end = || prop_oneof![1 => Just(None), 1 => (0..20_u32).prop_map(Some)];
    let window = (end(), end()).prop_map(|(one, other)| match (one, other) {
        (Some(one), Some(other)) => {
            Weeks { from: Some(one.min(other)), until: Some(one.max(other)) }
        }
        (from, until) => Weeks { from, until },
    });
    prop_oneof![1 => Just(Weeks::default()), 1 => window].boxed()
}

fn room(shape: Shape) -> BoxedStrategy<(i64, i64)> {
    let wide = Just((1 << 50, 1 << 50));
    if !shape.rooms {
        return wide.boxed();
    }
    if shape.amounts == Amounts::Tight {
        let hours = || prop_oneof![1 => Just(0), 2 => 1..12_i64];
        return (hours(), hours()).prop_map(|(down, up)| (3600 * down, 3600 * up)).boxed();
    }
    prop_oneof![
        2 => Just((0, 0)),
        2 => (0..40_i64, 0..40_i64),
        4 => (0..60_000_i64, 0..60_000_i64),
        2 => wide,
        1 => (-9..9_i64, -9..9_i64)
    ]
    .boxed()
}

fn unit(shape: Shape) -> impl Strategy<Value = Unit> {
    let few = prop_oneof![3 => Just(1_u32), 3 => 1..5_u32];
    let members = if shape.amounts == Amounts::Tight {
        few.boxed()
    } else {
        prop_oneof![6 => few, 1 => 1..1000_u32].boxed()
    };
    (room(shape), members, any_area(shape.spread), 0..=16_u8).prop_map(
        |((down, up), members, home, short)| Unit {
            members,
            home,
            short,
            ..Unit::new(Label(Vec::new()), hours(down), hours(up))
        },
    )
}

fn version(shape: Shape) -> impl Strategy<Value = Version> {
    let priced = prop_oneof![
        1 => Just((1, 0)),
        1 => (0..9_i64, 0..=3_u8),
        3 => (1..5000_i64, 0..=3_u8),
        3 => Just((3600, 0)),
        1 => Just(if shape.amounts == Amounts::Huge { (1 << 40, 0) } else { (900, 0) })
    ];
    let priced =
        if shape.amounts == Amounts::Tight { Just((3600, 0)).boxed() } else { priced.boxed() };
    let essential = prop_oneof![2 => Just(None), 3 => (0..12_i64).prop_map(Some)];
    (priced, essential).prop_map(move |((value, decimals), essential)| Version {
        essential: essential.filter(|_| shape.shared).map(steps),
        ..Version::new(Label(Vec::new()), Value::from_seconds(value).unwrap(), decimals)
    })
}

fn wishes(shape: Shape) -> impl Strategy<Value = Vec<Wish>> {
    let quantity = prop_oneof![0..9_i64, 0..30_i64, 0..2000_i64];
    let quantity = if shape.amounts == Amounts::Tight {
        (0..20_i64).boxed()
    } else if shape.amounts == Amounts::Huge {
        prop_oneof![9 => quantity, 1 => 0..(1_i64 << 33)].boxed()
    } else {
        quantity.boxed()
    };
    let places = (0..shape.units, 0..shape.versions, any_area(shape.spread), weeks(shape.spread));
    let wish = (places, quantity).prop_map(|((unit, version, area, weeks), quantity)| Wish {
        area,
        weeks,
        ..Wish::new(UnitIndex(unit), VersionIndex(version), steps(quantity))
    });
    prop::collection::vec(wish, 0..=shape.wishes)
}

fn owed(shape: Shape, up_to: usize) -> impl Strategy<Value = Vec<(UnitIndex, UnitIndex, Hours)>> {
    let most = if shape.amounts == Amounts::Huge { 1_i64 << 40 } else { 1 << 18 };
    let amount = prop_oneof![0..5_i64, 0..1000_i64, 0..40_000_i64, 0..=most];
    let one = (0..shape.units, 0..shape.units, amount).prop_map(|(giver, receiver, amount)| {
        (UnitIndex(giver), UnitIndex(receiver), hours(amount))
    });
    prop::collection::vec(one, 0..=up_to)
}

fn terms() -> impl Strategy<Value = (u32, Vec<Preference>)> {
    let all =
        vec![Preference::Nearness, Preference::Expiry, Preference::Memory, Preference::Changes];
    (0..8_u32, subsequence(all, 0..=4).prop_shuffle())
}

fn refused(shape: Shape) -> impl Strategy<Value = Vec<Refused>> {
    let most = if shape.spread { 4 } else { 0 };
    let pair = (0..shape.units, 0..shape.units).prop_filter("two", |(one, other)| one != other);
    let pair =
        pair.prop_map(|(one, other)| Refused { unit: UnitIndex(one), partner: UnitIndex(other) });
    prop::collection::vec(pair, 0..=most)
}

fn before(shape: Shape) -> impl Strategy<Value = Option<Vec<Before>>> {
    let version = prop_oneof![1 => Just(None), 4 => (0..shape.versions).prop_map(Some)];
    let one = (owed(shape, 1), version);
    let all = prop::collection::vec(one, 0..6).prop_map(|list| {
        let one = |(match_, version): (Vec<(UnitIndex, UnitIndex, Hours)>, Option<u32>)| {
            let (giver, receiver, hours) = *match_.first()?;
            Some(Before { giver, receiver, version: version.map(VersionIndex), hours })
        };
        list.into_iter().filter_map(one).collect()
    });
    prop::option::of(all)
}

/// Rounds of one shape.
pub(crate) fn shaped(shape: Shape) -> impl Strategy<Value = Request> {
    let units = prop::collection::vec(unit(shape), shape.units as usize);
    let versions = prop::collection::vec(version(shape), shape.versions as usize);
    let lists = (owed(shape, shape.owed), owed(shape, 2), refused(shape), before(shape));
    let rest = (terms(), any::<bool>(), any::<[u8; 32]>());
    (units, versions, wishes(shape), wishes(shape), lists, rest)
        .prop_map(move |(units, versions, offers, needs, lists, rest)| {
            let (obligations, accepted, refused, before) = lists;
            let ((week, order), evenness, seed) = rest;
            let owes = |(giver, receiver, hours)| Obligation { giver, receiver, hours };
            let stands = |(giver, receiver, hours)| Accepted { giver, receiver, hours };
            Request {
                units: labelled(units, |unit, label| unit.label = label),
                versions: labelled(versions, |version, label| version.label = label),
                offers,
                needs,
                obligations: obligations.into_iter().map(owes).collect(),
                accepted: if shape.rooms {
                    accepted.into_iter().map(stands).collect()
                } else {
                    Vec::new()
                },
                refused,
                before,
                terms: Terms {
                    evenness: evenness && shape.shared,
                    week,
                    order,
                    exact_rooms: week % 2 == 0,
                },
                seed,
            }
        })
        .prop_filter("no more hours than there are numbers", |request| {
            Round::try_new(request.clone()).is_ok()
        })
}

fn labelled<T>(mut list: Vec<T>, name: impl Fn(&mut T, Label)) -> Vec<T> {
    for (place, one) in list.iter_mut().enumerate() {
        name(one, Label::from(format!("the {place}").as_str()));
    }
    list
}

/// Rounds of offers and needs without areas, weeks, essentials or evenness.
pub(crate) fn plain() -> impl Strategy<Value = Request> {
    let shape = Shape { spread: false, shared: false, units: 7, versions: 5, ..SMALL };
    prop_oneof![
        shaped(Shape { wishes: 4, ..shape }),
        shaped(Shape { wishes: 12, amounts: Amounts::Huge, ..shape }),
        shaped(Shape { wishes: 40, ..shape })
    ]
}

/// Rounds of obligations, with parallel arcs and arcs against each other.
pub(crate) fn owing() -> impl Strategy<Value = Request> {
    let shape = Shape { spread: false, wishes: 0, units: 7, versions: 1, ..SMALL };
    prop_oneof![
        shaped(Shape { owed: 6, ..shape }),
        shaped(Shape { owed: 20, amounts: Amounts::Huge, ..shape }),
        shaped(Shape { owed: 60, ..shape })
    ]
}

/// Any round.
pub(crate) fn any_round() -> impl Strategy<Value = Request> {
    prop_oneof![
        2 => plain(),
        1 => owing(),
        4 => shaped(SMALL),
        2 => shaped(Shape { spread: false, ..SMALL }),
        2 => shaped(Shape { shared: false, ..SMALL }),
        2 => shaped(Shape { amounts: Amounts::Huge, ..SMALL }),
        2 => shaped(Shape { amounts: Amounts::Tight, ..SMALL })
    ]
}

/// How many instances a property is shown on: so many, and twenty times as many if the environment
/// has `ARTEL_TEST_LONG`.
pub(crate) fn cases(normally: u32) -> ProptestConfig {
    ProptestConfig::with_cases(count(normally))
}

/// How often something is tried: so often, and twenty times as often with `ARTEL_TEST_LONG`.
pub(crate) fn count(normally: u32) -> u32 {
    let long = std::env::var_os("ARTEL_TEST_LONG").is_some();
    if long { 20 * normally } else { normally }
}

/// A version of one hour a whole measure.
pub(crate) fn hourly(label: &str) -> Version {
    Version::new(Label::from(label), Value::from_seconds(3600).unwrap(), 0)
}

/// A unit of one member with room in whole hours.
pub(crate) fn roomy(label: &str, down: i64, up: i64) -> Unit {
    Unit::new(Label::from(label), hours(3600 * down), hours(3600 * up))
}

pub(crate) fn wish(unit: u32, version: u32, quantity: i64) -> Wish {
    Wish::new(UnitIndex(unit), VersionIndex(version), steps(quantity))
}

/// Two units without room, of which each offers so many hours of what the other needs.
pub(crate) fn swapping(one: i64, other: i64) -> Request {
    Request {
        units: vec![roomy("one", 0, 0), roomy("other", 0, 0)],
        versions: vec![hourly("bread"), hourly("care")],
        offers: vec![wish(0, 0, one), wish(1, 1, other)],
        needs: vec![wish(1, 0, one), wish(0, 1, other)],
        ..Request::default()
    }
}

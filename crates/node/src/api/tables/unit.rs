use federation::Federation;
use federation::act::Matter;
use federation::rows::{Standing, Unit};
use serde_json::{Map, Value};

use super::{LINES, MAYBE_TIME, MAYBE_WORDS, NUMBERS, column, json, number, numbers, seconds};
use crate::api::shape::{Field, Shape};
use crate::api::table::{Column, Rows};

/// All units.
pub(crate) const UNITS: Rows<Unit> = Rows {
    name: "units",
    one: "unit",
    says: "The units, those that left included.",
    all: |state| Box::new(state.units()),
    find: Federation::unit,
    columns: COLUMNS,
    of_unit: None,
    called: Some(crate::words::unit_name),
    is_open: Some(|_, unit| unit.is_in()),
};

const RULE: Shape = Shape::Word(&["any-member", "two-members", "more-than-half"]);
const SIGNING: Shape = Shape::Object(&[
    Field::must("members", RULE, ""),
    Field::must("leaving", RULE, ""),
    Field::must("values", RULE, ""),
    Field::must("offers", RULE, ""),
    Field::must("contracts", RULE, ""),
    Field::must("deliveries", RULE, ""),
    Field::must("trust", RULE, ""),
]);

const COLUMNS: &[Column<Unit>] = &[
    number(),
    column("ref", Shape::Ref, "How statements name it.", |s, id, _| json(s.state.unit_ref(id))),
    column("name", Shape::WORDS, "What it is called.", |_, _, unit| json(&unit.name)),
    column("place", Shape::WORDS, "Where it is.", |_, _, unit| json(&unit.place)),
    column("description", Shape::WORDS, "What it does.", |_, _, unit| json(&unit.description)),
    column(
        "standing",
        Shape::Word(&["listed", "signed", "leaving", "departed"]),
        "How it stands to the pact.",
        |_, _, unit| standing(unit.standing).into(),
    ),
    column(
        "standing_time",
        MAYBE_TIME,
        "When it means to leave, or left.",
        |_, _, unit| match unit.standing {
            Standing::Leaving { by } => json(by),
            Standing::Departed { at } => json(at),
            Standing::Listed | Standing::Signed => Value::Null,
        },
    ),
    column("area", MAYBE_WORDS, "In which area it is at home.", |_, _, unit| json(&unit.area)),
    column("refuses", NUMBERS, "The units with which rounds do not join it.", |_, _, unit| {
        numbers(unit.refuses.iter().copied())
    }),
    column(
        "short_sixteenths",
        Shape::COUNT,
        "What of its needs stayed open last.",
        |_, _, unit| unit.short.into(),
    ),
    column("enrolled", Shape::Flag, "Whether its dates bear witness.", |_, _, unit| {
        unit.is_enrolled().into()
    }),
    column("counted_members", Shape::COUNT, "The members that count.", |_, _, unit| {
        unit.counted_members.into()
    }),
    column("members", NUMBERS, "Its members, by the numbers of persons.", |_, _, unit| {
        numbers(unit.members.iter().copied())
    }),
    column("entitlement_seconds", Shape::SECONDS, "Given less received.", |_, _, unit| {
        seconds(unit.entitlement)
    }),
    column("allowance_seconds", Shape::SECONDS, "How far below nought it may go.", |_, _, unit| {
        seconds(unit.allowance())
    }),
    column("room_seconds", Shape::SECONDS, "Room for new commitments.", |_, _, unit| {
        seconds(unit.room())
    }),
    column("room_now_seconds", Shape::SECONDS, "What it can take this moment.", |_, _, unit| {
        seconds(unit.room_now())
    }),
    column("ceiling_seconds", Shape::SECONDS, "Above it rounds plan receiving.", |s, id, _| {
        seconds(s.state.ceiling(id))
    }),
    column("base_seconds", Shape::SECONDS, "Its base.", |_, _, unit| seconds(unit.base)),
    column("run_off_seconds", Shape::SECONDS, "Room that only falls.", |_, _, unit| {
        seconds(unit.run_off)
    }),
    column("backing_given_seconds", Shape::SECONDS, "Lent to others.", |_, _, unit| {
        seconds(unit.backing_given)
    }),
    column("backing_received_seconds", Shape::SECONDS, "Lent by others.", |_, _, unit| {
        seconds(unit.backing_received)
    }),
    column("signing", SIGNING, "Who may sign what.", |_, _, unit| signing(unit)),
    column("method", Shape::WORDS, "How it decides, in words.", |_, _, unit| {
        crate::words::method_words(unit.method).into()
    }),
    column("weight", LINES, "Whether it has weight in what the whole decides.", |s, id, _| {
        json(crate::words::weight_lines(s.state, id))
    }),
    column("since", Shape::TIME, "When it came into the record.", |_, _, unit| json(unit.since)),
];

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Listed => "listed",
        Standing::Signed => "signed",
        Standing::Leaving { .. } => "leaving",
        Standing::Departed { .. } => "departed",
    }
}

fn signing(unit: &Unit) -> Value {
    use Matter::{Contracts, Deliveries, Leaving, Members, Offers, Trust, Values};
    let matters = [Members, Leaving, Values, Offers, Contracts, Deliveries, Trust];
    let rule = |matter| {
        let name = json(matter).as_str().unwrap_or_default().to_owned();
        (name, json(unit.signing_in(matter)))
    };
    Value::Object(matters.into_iter().map(rule).collect::<Map<_, _>>())
}

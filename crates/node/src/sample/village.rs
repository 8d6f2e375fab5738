use federation::act::{AskValue, Consent, DescribeUnit, ProposeSpecification, StandsFor, WishAct};
use federation::{Act, Prose};
use measure::{Measure, Value};

use crate::Failed;

use super::stage::{Founder, Stage, area, line, name, refused};
use super::wares::{WARES, Ware};

/// The founding units.
pub(super) fn founders() -> [Founder; 10] {
    let unit = |name, (place, area), about, members, people| Founder {
        name,
        place,
        area,
        about,
        members,
        people,
    };
    [
        unit(
            "Stone Oven Bakery",
            ("Mill Lane 3", "valley/mill"),
            "Sourdough bread, baked every morning but Sunday.",
            6,
            ["Mara Lindgren", "Tomas Reed"],
        ),
        unit(
            "Meadow Farm",
            ("Upper Meadow", "valley/meadow"),
            "Vegetables from the field, a box for a household.",
            9,
            ["Jonas Field", "Ines Duarte"],
        ),
        unit(
            "Wheelhouse",
            ("Station Yard 1", "valley/station"),
            "Bicycle repair, and a stand to do it yourself.",
            4,
            ["Ada Brook", "Leo Marsh"],
        ),
        unit(
            "Riverside Clinic",
            ("Bridge Street 12", "valley/bridge"),
            "General practice, house calls on Thursdays.",
            8,
            ["Noor Haddad", "Simon Vale"],
        ),
        unit(
            "Plane & Saw",
            ("Old Tannery", "valley/bridge"),
            "Joinery: chairs, shelves, windows put right.",
            5,
            ["Greta Holm", "Pavel Novak"],
        ),
        unit(
            "Common Pot",
            ("Market Hall", "valley/market"),
            "A kitchen that cooks for whoever comes, and for those who cannot.",
            7,
            ["Rosa Campo", "Emil Stark"],
        ),
        unit(
            "Spin Laundry",
            ("Mill Lane 8", "valley/mill"),
            "Washing by the load, dried and folded.",
            3,
            ["Hana Sato", "Ben Akers"],
        ),
        unit(
            "Lantern Electric",
            ("Station Yard 4", "valley/station"),
            "Wiring, lamps, and what stopped working.",
            4,
            ["Viktor Lund", "Cleo Hart"],
        ),
        unit(
            "Reed Housing",
            ("Reed Bank", "valley/bridge"),
            "Forty flats run by those who live in them, with rooms for guests.",
            12,
            ["Olga Petrova", "Samir Aziz"],
        ),
        unit(
            "Hilltop Dairy",
            ("Hill Road", "valley/market"),
            "Milk and hard cheese of thirty cows.",
            5,
            ["Brigid Moore", "Anton Weiss"],
        ),
    ]
}

/// What each founding unit wants a fortnight.
const WANTS: &str = include_str!("wants.csv");

/// The units describe themselves, write down what they make, and say what they give and want.
pub(super) fn settle_in(stage: &mut Stage) -> Result<(), Failed> {
    for founder in founders() {
        let act = DescribeUnit {
            place: line(founder.place)?,
            area: Some(area(founder.area)?),
            description: Prose::parse(founder.about).map_err(Failed::fault)?,
        };
        let act = Act::DescribeUnit(act);
        stage.act(founder.people[1], act.clone())?;
        stage.others_sign(founder.people[1], &act, &[])?;
    }
    for ware in &WARES {
        introduce_ware(stage, ware)?;
    }
    for row in WANTS.lines().skip(1) {
        let mut fields = row.split(',');
        if let (Some(unit), Some(name), Some(quantity)) =
            (fields.next(), fields.next(), fields.next())
        {
            want(stage, unit, name, quantity)?;
        }
    }
    Ok(())
}

/// A unit writes down what it makes, asks a value, and offers it fortnight after fortnight.
pub(super) fn introduce_ware(stage: &mut Stage, ware: &Ware) -> Result<(), Failed> {
    let by = stage.speaker(stage.unit(ware.giver)?)?;
    let measure = Measure::try_new(ware.measure.0, ware.measure.1).map_err(Failed::fault)?;
    let clauses = ware.clauses.iter().map(|clause| line(clause)).collect::<Result<_, _>>()?;
    let (name, about) = (name(ware.name)?, Prose::default());
    let act = ProposeSpecification { name, nature: ware.nature, measure, clauses, about };
    let (made, _) = stage.act(by, Act::ProposeSpecification(act))?;
    let ask = AskValue {
        version: federation::Ref::new(made, 0),
        value: Value::parse(ware.value).map_err(Failed::fault)?,
        reasons: Prose::parse(ware.reasons).map_err(Failed::fault)?,
    };
    stage.act(by, Act::AskValue(ask))?;
    offer(stage, ware.giver, ware.name, ware.fortnightly)
}

/// A unit offers so much a fortnight of the newest version of a specification.
pub(super) fn offer(
    stage: &mut Stage,
    unit: &str,
    specification: &str,
    quantity: &str,
) -> Result<(), Failed> {
    let by = stage.speaker(stage.unit(unit)?)?;
    let version = stage.version(specification)?;
    let act = WishAct {
        versions: vec![version],
        quantity: quantity_of(stage, specification, quantity)?,
        value_max: None,
        stands_for: StandsFor::Both,
        // The joiners ask before each chair; the others take what the round brings.
        consent: if specification == "Chair" { Consent::Ask } else { Consent::Standing },
        every_days: Some(14),
        from: None,
        until: None,
        area: None,
    };
    stage.act(by, Act::Offer(act))?;
    Ok(())
}

/// A unit wants so much a fortnight of a specification, at up to a tenth more than is asked today.
pub(super) fn want(
    stage: &mut Stage,
    unit: &str,
    specification: &str,
    quantity: &str,
) -> Result<(), Failed> {
    let by = stage.speaker(stage.unit(unit)?)?;
    let version = stage.version(specification)?;
    let id = stage.federation.find_version(version).map_err(refused)?;
    let valuation = stage.federation.version(id).map_err(refused)?.valuation;
    let seconds = valuation.map_or(0, |valuation| valuation.value().seconds());
    let act = WishAct {
        versions: vec![version],
        quantity: quantity_of(stage, specification, quantity)?,
        value_max: Value::from_seconds(seconds + seconds / 10),
        stands_for: StandsFor::Both,
        // The clinic looks at every bicycle repair before it says yes.
        consent: if unit == "Riverside Clinic" { Consent::Ask } else { Consent::Standing },
        every_days: Some(14),
        from: None,
        until: None,
        area: None,
    };
    stage.act(by, Act::Need(act))?;
    Ok(())
}

/// A quantity in the measure of a specification.
pub(super) fn quantity_of(
    stage: &Stage,
    specification: &str,
    text: &str,
) -> Result<measure::Quantity, Failed> {
    let row = stage.federation.specifications().find(|(_, s)| s.name.as_str() == specification);
    let missing = || Failed::fault(format!("nothing in the sample is called {specification}"));
    row.ok_or_else(missing)?.1.measure.parse(text).map_err(Failed::fault)
}

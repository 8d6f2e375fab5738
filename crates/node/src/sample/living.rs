use federation::act::{
    AcceptContribution, AskValue, CeilingWarning, ClaimResource, Contribute, Nature, OpenCommon,
    ProposeSpecification, Register, ReportUse, Settle, Subscribe, Turn, Turns,
};
use federation::rows::{Common, Contribution, Person, Resource, Unit};
use federation::{Act, Days, Id, PersonId, Prose, Ref};
use measure::{Hours, Measure, Quantity, Value};

use crate::Failed;

use super::stage::{Stage, line, name, refused};

/// A path that several carry, and a sawmill that two wanted at the same time.
pub(super) fn fortnight(stage: &mut Stage, week: i64) -> Result<(), Failed> {
    match week {
        4 => a_path_for_everybody(stage)?,
        8 | 12 | 16 | 20 | 24 => an_hour_on_the_path(stage)?,
        10 => two_want_the_sawmill(stage)?,
        _ => {}
    }
    if week == 14 {
        the_sawmill_is_shared(stage)?;
    }
    if week > 14 {
        the_sawmill_is_used(stage)?;
    }
    Ok(())
}

/// Meadow Farm opens a common, and seven units carry it with half an hour every four weeks.
fn a_path_for_everybody(stage: &mut Stage) -> Result<(), Failed> {
    let by = stage.speaker(stage.unit("Meadow Farm")?)?;
    let act = ProposeSpecification {
        name: name("Path work")?,
        nature: Nature::Service,
        measure: Measure::try_new("hour", 1).map_err(Failed::fault)?,
        clauses: vec![line("the path can be walked with a pram afterwards")?],
        about: Prose::default(),
    };
    let (made, _) = stage.act(by, Act::ProposeSpecification(act))?;
    let ask = AskValue {
        version: Ref::new(made, 0),
        value: Value::parse("1:00").map_err(Failed::fault)?,
        reasons: Prose::default(),
    };
    stage.act(by, Act::AskValue(ask))?;
    let open = OpenCommon {
        name: name("River path")?,
        version: stage.version("Path work")?,
        about: words("The path from the mill to the station, mown and mended for everybody.")?,
    };
    let (made, _) = stage.act(by, Act::OpenCommon(open))?;
    for unit in [
        "Meadow Farm",
        "Stone Oven Bakery",
        "Riverside Clinic",
        "Common Pot",
        "Reed Housing",
        "Hilltop Dairy",
        "Wheelhouse",
    ] {
        let by = stage.speaker(stage.unit(unit)?)?;
        let subscribe = Subscribe {
            common: Ref::<Common>::new(made, 0),
            hours: Hours::parse("0:30").map_err(Failed::fault)?,
            every_days: Some(28),
        };
        stage.act(by, Act::Subscribe(subscribe))?;
    }
    Ok(())
}

/// The farm and the housing take turns in working on the path.
fn an_hour_on_the_path(stage: &mut Stage) -> Result<(), Failed> {
    let found = stage.federation.commons().next().map(|(id, row)| (id, row.contributions.len()));
    let Some((id, before)) = found else { return Ok(()) };
    let Some(common) = stage.federation.common_ref(id) else { return Ok(()) };
    let giver = if before % 2 == 0 { "Meadow Farm" } else { "Reed Housing" };
    let by = stage.speaker(stage.unit(giver)?)?;
    let notes = ["the bend below the weir", "gravel by the station", "the two fallen willows"];
    let note = line(notes.get(before % notes.len()).copied().unwrap_or_default())?;
    let quantity = Quantity::from_steps(10);
    let quantity = quantity.unwrap_or_default();
    let ceiling = CeilingWarning::Understood;
    stage.act(by, Act::Contribute(Contribute { common, quantity, ceiling, note }))?;
    Ok(())
}

/// Whoever was drawn for what was done on the path accepts it.
pub(super) fn the_path_is_looked_at(stage: &mut Stage) -> Result<(), Failed> {
    let open: Vec<Id<Contribution>> =
        stage.federation.open_contributions().map(|(id, _)| id).collect();
    for id in open {
        let Some(contribution) = stage.federation.contribution_ref(id) else { continue };
        // With each statement somebody else may be drawn in place of who was silent.
        while let Some(person) = next_asked(stage, id) {
            let by = stage.called(person)?;
            stage.act(by, Act::AcceptContribution(AcceptContribution { contribution }))?;
        }
    }
    Ok(())
}

/// Somebody who is asked, has a device and has not answered.
fn next_asked(stage: &Stage, id: Id<Contribution>) -> Option<Id<Person>> {
    let row = stage.federation.contribution(id).ok().filter(|row| row.is_open())?;
    let mut waiting = row.asked.iter().filter(|asked| !asked.accepted).map(|asked| asked.person);
    waiting.find(|&person| stage.federation.has_key(person))
}

/// The joinery and the bicycle workshop want the same saw.
fn two_want_the_sawmill(stage: &mut Stage) -> Result<(), Failed> {
    let by = stage.speaker(stage.unit("Plane & Saw")?)?;
    let register = Register {
        name: name("Sawmill at the weir")?,
        place: line("Weir Road 1")?,
        about: words("A band saw and a planer that nobody has run since the tannery closed.")?,
    };
    let (made, _) = stage.act(by, Act::Register(register))?;
    for (unit, purpose, hours) in
        [("Plane & Saw", "boards for windows", 160), ("Wheelhouse", "frames for trailers", 90)]
    {
        let by = stage.speaker(stage.unit(unit)?)?;
        let claim = ClaimResource {
            resource: Ref::<Resource>::new(made, 0),
            purpose: line(purpose)?,
            hours: Hours::whole(hours),
            from: stage.now(),
            until: stage.now().plus_days(Days(300)),
            workers: vec![worker(stage, unit)?],
            dependents: vec![stage.unit_ref("Reed Housing")?],
        };
        stage.act(by, Act::Claim(claim))?;
    }
    Ok(())
}

/// A member of a unit who works with something.
fn worker(stage: &Stage, unit: &str) -> Result<PersonId, Failed> {
    let row = stage.federation.unit(stage.unit(unit)?).map_err(refused)?;
    let first = row.members.first().copied().and_then(|id| stage.federation.person(id).ok());
    first.map(|person| person.id).ok_or_else(|| Failed::fault("a unit of the sample is empty"))
}

/// They talk, and agree on a calendar.
fn the_sawmill_is_shared(stage: &mut Stage) -> Result<(), Failed> {
    let id = stage.federation.conflicts().next().map(|(id, _)| id);
    let named = id.and_then(|id| stage.federation.conflict_ref(id));
    let Some(conflict) = named else { return Ok(()) };
    let turn =
        |unit: Ref<Unit>, day: u32, days: u32| Turn { unit, from_hour: day * 24, hours: days * 24 };
    let (joiners, wheels) = (stage.unit_ref("Plane & Saw")?, stage.unit_ref("Wheelhouse")?);
    let settle = Settle {
        conflict,
        text: words(
            "The joinery has the saw from Monday to Thursday, the Wheelhouse on Friday and \
             Saturday. Whoever leaves it sweeps it, and the joinery teaches two of the Wheelhouse.",
        )?,
        turns: Some(Turns { every_days: 7, slots: vec![turn(joiners, 0, 4), turn(wheels, 4, 2)] }),
    };
    for unit in ["Plane & Saw", "Wheelhouse"] {
        let by = stage.speaker(stage.unit(unit)?)?;
        stage.act(by, Act::Settle(settle.clone()))?;
    }
    Ok(())
}

/// Both report how they have used it.
fn the_sawmill_is_used(stage: &mut Stage) -> Result<(), Failed> {
    let id = stage.federation.resources().next().map(|(id, _)| id);
    let Some(resource) = id.and_then(|id| stage.federation.resource_ref(id)) else { return Ok(()) };
    for (unit, hours, note) in
        [("Plane & Saw", 22, "window frames"), ("Wheelhouse", 9, "ash for the trailers")]
    {
        let by = stage.speaker(stage.unit(unit)?)?;
        let until = stage.now().plus_seconds(-3600);
        let report = ReportUse {
            resource,
            hours: Hours::whole(hours),
            from: until.plus_seconds(-14 * 86_400),
            until,
            made: if unit == "Plane & Saw" { vec![stage.version("Chair")?] } else { Vec::new() },
            note: line(note)?,
        };
        stage.act(by, Act::ReportUse(report))?;
    }
    Ok(())
}

fn words(text: &str) -> Result<Prose, Failed> {
    Prose::parse(text).map_err(Failed::fault)
}

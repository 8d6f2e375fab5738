use federation::act::{Failure, ListRow, Question};
use federation::rows::Unit;
use federation::{Failing, Federation, Id, Pact, Time};
use measure::Hours;
use node::words::{failure_words, list_row_words, unit_name};

use super::{Sending, Sheet};
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::Scene;

/// The month's list as Artel drafts it: each row can be left out, and others added.
pub(super) fn list_sheet(scene: &Scene<'_>, sheet: &mut Sheet) {
    let federation = scene.federation;
    let draft = federation.draft_list();
    sheet.facts.push(format!(
        "Drafted by Artel from the record, as it stood on {} UTC. A list only adds: nobody's members, \
         base or weight become less by it, and nobody leaves by it. It passes only if it would also \
         pass without the units that got their weight in the last 90 days.",
        federation.testified()
    ));
    let (enter, wait) = (entering(federation, &draft), waiting(federation, scene.now));
    if !enter.is_empty() {
        sheet
            .facts
            .push(format!("With it get weight in what the whole decides: {}.", enter.join(", ")));
    }
    if !wait.is_empty() {
        sheet.facts.push(format!("Have no weight yet, and would not get it: {}.", wait.join("; ")));
    }
    if draft.is_empty() {
        sheet.facts.push(
            "Nobody waits now: each unit's members count, each has a base, and nobody waits for their \
             turn. You can still write rows of your own."
                .to_owned(),
        );
    }
    for row in &draft {
        let choices =
            vec![Choice::new(written(row), "On the list"), Choice::new("", "Leave it out")];
        let field =
            Field::choice(row_field(federation, row), list_row_words(federation, row), choices);
        sheet.fields.push(field.with(written(row)).hint(reasons(federation, row)));
    }
    sheet.fields.push(Field::area("rows", "Other rows").hint(
        "If you want: a line for each unit, with its members that count, its base and whether it has \
         weight, such as Bakery; 4; 80:00; yes",
    ));
}

/// A row as a form carries it along, so that what is proposed is what was read.
fn written(row: &ListRow) -> String {
    format!("{}; {}; {}", row.counted_members, row.base, if row.enrolled { "yes" } else { "no" })
}

fn row_field(federation: &Federation, row: &ListRow) -> String {
    federation.find_unit(row.unit).map(|unit| format!("row{unit}")).unwrap_or_default()
}

/// Why a unit is on the draft.
fn reasons(federation: &Federation, row: &ListRow) -> String {
    let unit = federation.find_unit(row.unit).and_then(|id| federation.unit(id));
    let Ok(unit) = unit else { return String::new() };
    let mut reasons = Vec::new();
    if row.counted_members > unit.counted_members {
        let (now, then) = (unit.counted_members, row.counted_members);
        reasons.push(format!("{now} of its members count now, and it has {then}"));
    }
    if row.base > unit.base {
        let each = Pact::BASE_PER_MEMBER;
        reasons.push(match unit.base {
            Hours::ZERO => format!("it has no base yet: {each} hours for each member that counts"),
            base => format!("its base is {base} now: {each} hours more for each member added"),
        });
    }
    if let (None, Some(since)) = (unit.enrolled, unit.waits_since) {
        reasons.push(format!("it has waited for its turn to get weight since {since} UTC"));
    }
    capital(&reasons.join("; "))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// The units that get weight by a list.
fn entering(federation: &Federation, rows: &[ListRow]) -> Vec<String> {
    let new = rows.iter().filter(|row| row.enrolled).filter_map(|row| {
        let id = federation.find_unit(row.unit).ok()?;
        federation.unit(id).ok()?.enrolled.is_none().then(|| unit_name(federation, id))
    });
    new.collect()
}

/// The units without weight that do not wait for their turn, and what each still lacks.
fn waiting(federation: &Federation, now: Time) -> Vec<String> {
    let units = federation.units().filter(|(_, unit)| unit.waits_since.is_none());
    let lacking = units.filter_map(|(id, unit)| {
        let row = federation.enrolling(id)?;
        let mut lacks = Vec::new();
        if row.in_from > now {
            lacks.push(format!("30 days in the federation only on {} UTC", row.in_from));
        }
        match row.backed_from {
            None => lacks.push("not backed by two units that do not back each other".to_owned()),
            Some(from) if from > now => {
                lacks.push(format!("backed for 90 days only on {from} UTC"));
            }
            Some(_) => {}
        }
        let (found, needed) = (row.receivers.len(), row.receivers_needed);
        if found < needed {
            lacks.push(format!("deliveries accepted by {found} of {needed} units with weight"));
        }
        (!lacks.is_empty()).then(|| format!("{} ({})", unit.name, lacks.join(", ")))
    });
    lacking.collect()
}

pub(super) fn list(reading: &mut Reading<'_>) -> Option<Question> {
    let federation = reading.scene.federation;
    let mut rows = Vec::new();
    for (id, _) in federation.units() {
        let field = format!("row{id}");
        let text = reading.given().text(&field);
        if !text.is_empty() {
            let row = row_of(federation, id, &text);
            rows.push(reading.keep(field, row)?);
        }
    }
    let text = reading.given().text("rows");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let further: Result<Vec<_>, String> = lines.map(|line| named_row(federation, line)).collect();
    rows.extend(reading.keep("rows", further)?);
    Some(Question::List(rows))
}

fn named_row(federation: &Federation, line: &str) -> Result<ListRow, String> {
    let wrong = || format!("`{line}` is no row; write one as Bakery; 4; 80:00; yes");
    let (name, rest) = line.split_once(';').ok_or_else(wrong)?;
    let called = name.trim().to_lowercase();
    let found = federation.units().find(|(_, unit)| unit.name.as_str().to_lowercase() == called);
    let missing = || format!("no unit is called `{}`; look in the directory", name.trim());
    row_of(federation, found.ok_or_else(missing)?.0, rest)
}

fn row_of(federation: &Federation, id: Id<Unit>, text: &str) -> Result<ListRow, String> {
    let wrong = || format!("`{text}` is no row; write it as 4; 80:00; yes");
    let parts: Vec<&str> = text.split(';').map(str::trim).collect();
    let [counted, base, weight] = parts.as_slice() else { return Err(wrong()) };
    let enrolled = match weight.to_lowercase().as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(wrong()),
    };
    Ok(ListRow {
        unit: federation.unit_ref(id).ok_or_else(wrong)?,
        counted_members: counted.parse().map_err(|_| wrong())?,
        base: Hours::parse(base).map_err(|says| format!("`{text}`: {says}"))?,
        enrolled,
    })
}

const FAILURES: [&str; 3] = ["failure1", "failure2", "failure3"];

/// Which unit, or which of its failures: the rule, what counts, and what the unit can do.
pub(super) fn expel_sheet(scene: &Scene<'_>, sheet: &mut Sheet) {
    let federation = scene.federation;
    sheet.facts.push(
        "An expulsion cites three failures over at least 60 days, with three units of which none backs \
         another: rejections against one agreed specification that nobody disputes or that were upheld, \
         or agreed deliveries that are overdue and neither made nor ended. The unit has 14 days to \
         answer before anybody votes. It takes two thirds of the units, two thirds of all ballots and a \
         quarter of all enrolled units. It ends the pact with that unit and nothing else."
            .to_owned(),
    );
    let unit = scene.given.number("unit").map(Id::<Unit>::new);
    let Some((unit, three)) = unit.and_then(|id| Some((id, federation.expellable(id)?))) else {
        return choose_unit(federation, unit, sheet);
    };
    sheet.facts.push(what_it_can_do(&unit_name(federation, unit)));
    sheet.fields.push(Field::hidden("unit").with(unit));
    let failings = federation.failings(unit);
    for (name, cited) in FAILURES.into_iter().zip(three) {
        let choices = failings.iter().map(|failing| {
            let label = format!("{}: {}", failing.at, failure_words(federation, failing.failure));
            Choice::new(failure_name(federation, failing), label)
        });
        let label = match name {
            "failure1" => "The first failure that you cite",
            "failure2" => "The second",
            _ => "The third",
        };
        let field = Field::choice(name, label, choices.collect());
        sheet.fields.push(field.with(failure_name(federation, &cited)));
    }
}

/// What a unit can do that is to be expelled.
pub(crate) fn what_it_can_do(unit: &str) -> String {
    format!(
        "What {unit} can do: answer below the proposal; dispute a rejection that it finds wrong; deliver \
         what is overdue, or end that contract. If one of the three is no failure any more when the poll \
         closes, nothing happens. What was handed over stays in the books, and it can come back as any \
         newcomer can."
    )
}

fn choose_unit(federation: &Federation, asked: Option<Id<Unit>>, sheet: &mut Sheet) {
    sheet.sending = Sending::Closed;
    let could = federation.units().filter(|&(id, _)| federation.expellable(id).is_some());
    sheet.links = could
        .map(|(id, unit)| (unit.name.to_string(), format!("/do/propose?question=expel&unit={id}")))
        .collect();
    let asked = asked.map(|id| unit_name(federation, id));
    sheet.facts.push(match (sheet.links.is_empty(), asked) {
        (_, Some(name)) => format!("{name} has no three failures that count together."),
        (true, None) => "No unit has three failures that count together.".to_owned(),
        (false, None) => "These units have three failures that count together.".to_owned(),
    });
}

/// A failure as a form carries it along: `delivery 5`.
fn failure_name(federation: &Federation, failing: &Failing) -> String {
    let named = match failing.failure {
        Failure::Rejected { delivery } => {
            federation.find_delivery(delivery).map(|id| format!("delivery {id}"))
        }
        Failure::Overdue { contract } => {
            federation.find_contract(contract).map(|id| format!("contract {id}"))
        }
    };
    named.unwrap_or_default()
}

pub(super) fn expel(reading: &mut Reading<'_>) -> Option<Question> {
    let federation = reading.scene.federation;
    let unit = reading.unit("unit");
    let cited = FAILURES.map(|field| {
        let text = reading.given().text(field);
        let failure = match text.split_once(' ') {
            Some(("delivery", id)) => id.parse().ok().and_then(|id| {
                Some(Failure::Rejected { delivery: federation.delivery_ref(Id::new(id))? })
            }),
            Some(("contract", id)) => id.parse().ok().and_then(|id| {
                Some(Failure::Overdue { contract: federation.contract_ref(Id::new(id))? })
            }),
            _ => None,
        };
        reading.keep(field, failure.ok_or("nothing is chosen; choose a failure"))
    });
    let failures = cited.into_iter().collect::<Option<Vec<_>>>();
    Some(Question::Expel { unit: unit?, failures: failures? })
}

use federation::act::{
    Election, Instruction, LayDownMandate, MandateTerms, NumberRange, Parameter, Question, Recall,
};
use federation::{Act, Federation, Id, PersonId, Prose};
use node::Failed;
use node::words::{instruction_words, parameter_words, question_words, unit_name};

use super::{ActForm, Sheet, is_whole, plain};
use crate::day::Day;
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::Scene;

pub(super) const FORMS: &[ActForm] = &[RECALL, LAY_DOWN];

/// Who can stand, as ticks.
const STAND: [&str; 20] = [
    "stand0", "stand1", "stand2", "stand3", "stand4", "stand5", "stand6", "stand7", "stand8",
    "stand9", "stand10", "stand11", "stand12", "stand13", "stand14", "stand15", "stand16",
    "stand17", "stand18", "stand19",
];

const PARAMETERS: [(&str, Parameter); 5] = [
    ("notice-days", Parameter::NoticeDays),
    ("ceiling-hours", Parameter::CeilingHours),
    ("answer-hours", Parameter::AnswerHours),
    ("round-every-hours", Parameter::RoundEveryHours),
    ("round-open-hours", Parameter::RoundOpenHours),
];

/// The members of the reader's unit, as far as a list of candidates reaches.
fn members(scene: &Scene<'_>) -> Vec<(PersonId, String)> {
    let unit = scene.my_unit().and_then(|unit| scene.federation.unit(unit).ok());
    let members = unit.map(|unit| unit.members.clone()).unwrap_or_default();
    let named = members
        .into_iter()
        .filter_map(|id| Some((scene.federation.person(id).ok()?.id, (scene.called)(id))));
    named.collect()
}

/// The fields by which a unit sends one member.
pub(super) fn mandate_fields(scene: &Scene<'_>) -> Vec<Field> {
    let members = members(scene).into_iter().map(|(id, name)| Choice::new(id, name));
    let mut fields = vec![Field::choice("delegate", "Whom do you send?", members.collect())];
    fields.extend(terms_fields(scene));
    fields
}

/// The fields by which a unit elects several.
pub(super) fn election_fields(scene: &Scene<'_>) -> Vec<Field> {
    let mut fields = vec![Field::number("seats", "How many do you elect?").with(1).must()];
    let standing = STAND.into_iter().zip(members(scene));
    fields.extend(standing.map(|(field, (_, name))| Field::tick(field, format!("{name} stands"))));
    fields.extend(terms_fields(scene));
    fields
}

fn terms_fields(scene: &Scene<'_>) -> Vec<Field> {
    let federation = scene.federation;
    let kinds = vec![
        Choice::new("voice", "To listen and to speak; they say yes to nothing"),
        Choice::new("parameter", "To say yes to a number of the pact, between two others"),
        Choice::new("value", "To say yes to a value, between two others"),
        Choice::new("bound", "To say yes to exactly one proposal that is open"),
    ];
    let parameters =
        PARAMETERS.map(|(word, parameter)| Choice::new(word, parameter_words(parameter)));
    let open = federation.proposals().filter(|(_, row)| row.is_open() && is_whole(row));
    let open = open.map(|(id, row)| {
        Choice::new(id, format!("Proposal {id}: {}", question_words(federation, &row.question)))
    });
    let mut proposals = vec![Choice::new("", "none")];
    proposals.extend(open);
    let mut versions = vec![Choice::new("", "none")];
    versions.extend(scene.versions(crate::scene::Versions::All));
    let until = Day::of(scene.now).plus(97);
    vec![
        Field::line("matter", "On what do they speak for you?").must(),
        Field::radio("instruction", "What do they bring along?", kinds).hint(
            "Where nobody of your unit votes, this says your yes. Vote, and your votes stand.",
        ),
        Field::choice("parameter", "Which number of the pact?", parameters.to_vec())
            .hint("Only for a number of the pact."),
        Field::choice("version", "The value of what?", versions).hint("Only for a value."),
        Field::line("least", "From").hint("A number; for a value hours such as 0:15."),
        Field::line("most", "To"),
        Field::choice("bound_to", "Which proposal?", proposals).hint("Only for one proposal."),
        Field::day("until", "Until the end of which day?")
            .hint("At most 183 days after the poll has closed.")
            .with(until)
            .must(),
    ]
}

fn terms(reading: &mut Reading<'_>) -> Option<MandateTerms> {
    let (matter, until) = (reading.name("matter"), reading.day_end("until"));
    let instruction = instruction(reading);
    Some(MandateTerms { matter: matter?, instruction: instruction?, until: until? })
}

fn instruction(reading: &mut Reading<'_>) -> Option<Instruction> {
    match reading.given().raw("instruction") {
        "parameter" => {
            let word = reading.given().raw("parameter");
            let parameter = PARAMETERS.iter().find(|(one, _)| *one == word).map(|(_, one)| *one);
            let parameter = reading.keep("parameter", parameter.ok_or("nothing is chosen"))?;
            let (least, most) = (whole(reading, "least"), whole(reading, "most"));
            let (least, most) = (least?, most?);
            Some(Instruction::Range(NumberRange::Parameter { parameter, least, most }))
        }
        "value" => {
            let version = reading.version("version");
            let (least, most) = (reading.value("least"), reading.value("most"));
            let (version, least, most) = (version?, least?, most?);
            Some(Instruction::Range(NumberRange::Value { version, least, most }))
        }
        "bound" => {
            let id = reading.id("bound_to")?;
            let row = reading.scene.federation.proposal(id).map(|row| (&row.question, &row.text));
            let (question, text) = reading.keep("bound_to", row)?;
            let text = match question {
                Question::Text {} => text.clone(),
                _ => Prose::default(),
            };
            Some(Instruction::Bound { question: Box::new(question.clone()), text })
        }
        _ => Some(Instruction::Voice {}),
    }
}

fn whole(reading: &mut Reading<'_>, field: &'static str) -> Option<u32> {
    let text = reading.given().text(field);
    let wrong = |_| format!("`{text}` is no whole number; write one such as 14");
    reading.keep(field, text.parse().map_err(wrong))
}

/// The question by which a unit sends one member.
pub(super) fn mandate(reading: &mut Reading<'_>) -> Option<Question> {
    let delegate = reading.given().raw("delegate").parse::<PersonId>();
    let delegate =
        reading.keep("delegate", delegate.map_err(|_| "nobody is chosen; choose a member"));
    let terms = terms(reading);
    Some(Question::Mandate { delegate: delegate?, terms: terms? })
}

/// The question by which a unit elects several.
pub(super) fn election(reading: &mut Reading<'_>) -> Option<Question> {
    let seats = whole(reading, "seats").and_then(|seats| u8::try_from(seats).ok());
    let standing = STAND.into_iter().zip(members(reading.scene));
    let given = reading.given();
    let candidates: Vec<PersonId> =
        standing.filter(|(field, _)| given.is_ticked(field)).map(|(_, (id, _))| id).collect();
    let terms = terms(reading);
    let election = Election { seats: seats?, candidates, terms: terms? };
    Some(Question::Delegates(Box::new(election)))
}

/// The mandate in plain words, and its number to go along.
fn about(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let id = Id::new(scene.given.number("mandate").unwrap_or(u32::MAX));
    let row = scene.federation.mandate(id)?;
    let fact = format!(
        "{}, sent by {} on {}: {}. {} of {} have signed to recall.",
        (scene.called)(row.delegate),
        unit_name(scene.federation, row.unit),
        row.terms.matter,
        instruction_words(scene.federation, &row.terms.instruction),
        row.signed.len(),
        row.needed
    );
    Sheet::about(fact, [Field::hidden("mandate").with(id)])
}

const RECALL: ActForm = ActForm {
    name: "recall",
    title: "Recall a delegate",
    button: "Sign to recall",
    says: "It holds with the last signature that it needs. You owe no reason, and nobody can close \
           it.",
    sheet: about,
    read: |reading| {
        let mandate = reading.reference("mandate", Federation::mandate_ref);
        plain(mandate.map(|mandate| Act::Recall(Recall { mandate })))
    },
};

const LAY_DOWN: ActForm = ActForm {
    name: "lay-down-mandate",
    title: "Lay a mandate down",
    button: "Lay it down",
    says: "From now on you speak for your unit on this no more than every member does.",
    sheet: about,
    read: |reading| {
        let mandate = reading.reference("mandate", Federation::mandate_ref);
        plain(mandate.map(|mandate| Act::LayDownMandate(LayDownMandate { mandate })))
    },
};

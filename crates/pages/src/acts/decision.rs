use federation::act::{
    AcceptPact, Audience, Comment, EssentialMark, Propose, Question, SealAct, Topic,
    WithdrawProposal,
};
use federation::rows::Proposal;
use federation::{Act, Federation, Id, Pact, Ref, Written};
use node::words::question_words;
use node::{Failed, words_body};

use super::{ActForm, Said, Sending, Sheet, plain};
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::{Scene, Versions};

pub(super) const FORMS: &[ActForm] =
    &[PROPOSE, super::ballot::BALLOT, super::room_count::COUNT_ROOM, SEAL, WITHDRAW, ACCEPT_PACT];

/// The chosen proposal.
pub(super) fn chosen<'a>(scene: &'a Scene<'_>) -> Result<(Id<Proposal>, &'a Proposal), Failed> {
    let id = Id::new(scene.given.number("proposal").unwrap_or(u32::MAX));
    Ok((id, scene.federation.proposal(id)?))
}

pub(super) fn about(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let (id, row) = chosen(scene)?;
    let fact = format!("Proposal {id}: {}", question_words(scene.federation, &row.question));
    Sheet::about(fact, [Field::hidden("proposal").with(id)])
}

pub(super) fn proposal(reading: &mut Reading<'_>) -> Option<Ref<Proposal>> {
    reading.reference("proposal", Federation::proposal_ref)
}

const PROPOSE: ActForm = ActForm {
    name: "propose",
    title: "Propose something",
    button: "Propose it",
    says: "It stands in the record from now on and cannot be taken out. What goes to all units is \
           read and talked about for the days of notice first; nobody can shorten them.",
    sheet: propose_sheet,
    read: propose,
};

fn title(asked: &str) -> &'static str {
    match asked {
        "own" => "Propose something to our unit",
        "pact" => "Propose another pact",
        "specification" => "Propose to stand behind a specification",
        "value" => "Propose a value",
        "essentials" => "Propose what is essential",
        "order" => "Propose what rounds prefer",
        "list" => "Propose the month's list",
        "expel" => "Propose an expulsion",
        _ => "Propose something",
    }
}

#[expect(clippy::unnecessary_wraps, reason = "sheets of other acts can fail")]
fn propose_sheet(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let asked = scene.given.raw("question");
    let mut sheet = Sheet { title: title(asked), ..Sheet::default() };
    sheet.fields.push(Field::hidden("question").with(asked));
    if let Ok((id, circle)) = scene.circle() {
        sheet.facts.push(format!("In the name of the circle {}, beside your own.", circle.name));
        sheet.fields.push(Field::hidden("circle").with(id));
    }
    let whole = match asked {
        "own" => {
            sheet.facts.push("Your unit decides, by its own method.".to_owned());
            sheet.fields.push(
                Field::area("options", "What can be chosen?")
                    .hint("One a line, up to 8. Leave it empty for a yes or no. \"Leave as it is\" and \"go on talking\" always stand."),
            );
            false
        }
        "accept-pact" => {
            sheet.facts.push("Your unit decides whether it accepts this pact.".to_owned());
            sheet.fields.push(Field::hidden("accepted").with(scene.given.raw("accepted")));
            false
        }
        "pact" => {
            sheet.facts.push("Change what you want to change, and leave the rest.".to_owned());
            sheet.fields.extend(pact_fields(scene.federation));
            true
        }
        "order" => {
            let order = scene.federation.order().iter().map(|one| one.word());
            let field = Field::line("order", "What do rounds prefer, the weightiest first?");
            let hint = "Of nearness, expiry, memory and changes, with commas; what is left out does not count.";
            sheet.fields.push(field.hint(hint).with(order.collect::<Vec<_>>().join(", ")));
            true
        }
        "essentials" => {
            let field = Field::area("marks", "What is essential?");
            let hint = "One a line: the specification, and how much for each counted member in a round, such as: Bread; 3.5";
            sheet.fields.push(field.hint(hint).with(marks_now(scene.federation)));
            true
        }
        "list" => {
            super::ratified::list_sheet(scene, &mut sheet);
            true
        }
        "expel" => {
            super::ratified::expel_sheet(scene, &mut sheet);
            if sheet.sending == Sending::Closed {
                return Ok(sheet);
            }
            true
        }
        "mandate" => {
            sheet.facts.push("Your unit decides whom it sends.".to_owned());
            sheet.fields.extend(super::delegate::mandate_fields(scene));
            false
        }
        "delegates" => {
            sheet.facts.push("Your unit elects by transferable votes.".to_owned());
            sheet.fields.extend(super::delegate::election_fields(scene));
            false
        }
        "specification" | "value" => {
            let versions = scene.versions(Versions::All);
            sheet.fields.push(Field::choice("version", "Which version?", versions));
            if asked == "value" {
                sheet.fields.push(
                    Field::number("value", "At which value?")
                        .hint("Hours for one whole, as 1:30 or 1.5.")
                        .must(),
                );
            }
            true
        }
        _ => {
            sheet.facts.push("What the whole recommends. It binds nobody.".to_owned());
            true
        }
    };
    let notice = scene.federation.pact().map_or(7, |pact| pact.notice_days);
    let notice = if asked == "expel" { notice.max(Pact::ANSWER_DAYS) } else { notice };
    let days = if whole { i64::from(notice) + 7 } else { 7 };
    let closes = crate::day::Day::of(scene.now.plus_seconds(days * 86_400));
    sheet.fields.push(
        Field::area("text", "What do you propose, and why?")
            .hint("In your own words. Everybody can read it.")
            .must(),
    );
    sheet.fields.push(
        Field::day("closes", "Until the end of which day can members vote?").with(closes).must(),
    );
    Ok(sheet)
}

/// Every parameter as it is now.
fn pact_fields(federation: &Federation) -> Vec<Field> {
    let Some(pact) = federation.pact() else { return Vec::new() };
    let field = |parameter: &federation::Parameter| {
        let written = pact.written(parameter.name);
        let field = match parameter.written {
            Written::Hours | Written::Whole(_) => {
                Field::number(parameter.name, parameter.called).must()
            }
            Written::OneOf(_) => {
                let choices =
                    parameter.words().iter().map(|(word, means)| Choice::new(*word, *means));
                Field::choice(parameter.name, parameter.called, choices.collect())
            }
        };
        field.hint(parameter.says()).with(written)
    };
    Pact::PARAMETERS.iter().map(field).collect()
}

fn propose(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let question = question(reading);
    let options = reading.lines("options");
    let (text, closes) = (reading.prose("text"), reading.day_end("closes"));
    let again = reading.given().number("again").map(Id::new);
    let again = again.and_then(|id| reading.scene.federation.proposal_ref(id));
    let circle = reading.given().number("circle").map(Id::new);
    let circle = circle.and_then(|id| reading.scene.federation.circle_ref(id));
    plain(question.zip(options).zip(text.zip(closes)).map(
        |((question, options), (text, closes))| {
            Act::Propose(Propose { question, options, text, again, circle, closes })
        },
    ))
}

fn question(reading: &mut Reading<'_>) -> Option<Question> {
    match reading.given().raw("question") {
        "own" => Some(Question::Own {}),
        "accept-pact" => {
            let proposal = reading.reference("accepted", Federation::proposal_ref)?;
            Some(Question::AcceptPact { proposal })
        }
        "pact" => {
            let mut pact = reading.scene.federation.pact()?.clone();
            for parameter in Pact::PARAMETERS {
                let text = reading.given().text(parameter.name);
                pact = reading.keep(parameter.name, pact.with(parameter.name, &text))?;
            }
            Some(Question::Pact(Box::new(pact)))
        }
        "order" => {
            let text = reading.given().text("order");
            Some(Question::Order(reading.keep("order", node::read_order(&text))?))
        }
        "essentials" => Some(Question::Essentials(marks(reading)?)),
        "list" => super::ratified::list(reading),
        "expel" => super::ratified::expel(reading),
        "mandate" => super::delegate::mandate(reading),
        "delegates" => super::delegate::election(reading),
        "specification" => Some(Question::Specification { version: reading.version("version")? }),
        "value" => {
            let (version, value) = (reading.version("version"), reading.value("value"));
            Some(Question::Value { version: version?, value: value? })
        }
        _ => Some(Question::Text {}),
    }
}

/// What is essential now, a line for each.
fn marks_now(federation: &Federation) -> String {
    let rows = federation.specifications().filter_map(|(_, row)| {
        let amount = row.essential?;
        Some(format!("{}; {}", row.name, row.measure.format(amount)))
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn marks(reading: &mut Reading<'_>) -> Option<Vec<EssentialMark>> {
    let federation = reading.scene.federation;
    let text = reading.given().text("marks");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = lines.map(|line| {
        let (name, amount) = line.split_once(';').unwrap_or((line, ""));
        let called = name.trim().to_lowercase();
        let found =
            federation.specifications().find(|(_, row)| row.name.as_str().to_lowercase() == called);
        let missing = || format!("nothing is called `{}`; look at the specifications", name.trim());
        let (id, row) = found.ok_or_else(missing)?;
        let amount = amount.trim().replace(',', ".");
        let counted = |wrong| format!("`{line}`: {wrong}, counted in {}", row.measure);
        let per_member = row.measure.parse(&amount).map_err(counted)?;
        let specification = federation.specification_ref(id).ok_or_else(missing)?;
        Ok::<_, String>(EssentialMark { specification, per_member })
    });
    let read = read.collect::<Result<Vec<_>, _>>();
    reading.keep("marks", read)
}

const SEAL: ActForm = ActForm {
    name: "seal",
    title: "Seal what our unit says",
    button: "Sign to seal",
    says: "When more than half of those who vote in your unit have signed, its ballots stand as they \
           are. Without it they are counted when the poll closes.",
    sheet: about,
    read: |reading| plain(proposal(reading).map(|proposal| Act::Seal(SealAct { proposal }))),
};

const WITHDRAW: ActForm = ActForm {
    name: "withdraw-proposal",
    title: "Take a proposal back",
    button: "Take it back",
    says: "It stays readable, and nobody votes on it. This is possible until somebody has voted.",
    sheet: about,
    read: |reading| {
        plain(
            proposal(reading).map(|proposal| Act::WithdrawProposal(WithdrawProposal { proposal })),
        )
    },
};

const ACCEPT_PACT: ActForm = ActForm {
    name: "accept-pact",
    title: "Accept this pact for our unit",
    button: "Sign to accept",
    says: "It binds your unit when more than half of its members have signed. Nobody has to: a unit \
           may stay on the earlier version, with its contracts.",
    sheet: about,
    read: |reading| {
        plain(proposal(reading).map(|proposal| Act::AcceptPact(AcceptPact { proposal })))
    },
};

/// Words about a proposal, from the form in its thread.
pub(super) fn comment(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let named = proposal(reading);
    let answers = reading.given().raw("answers").parse().ok();
    let words = reading.prose("words").filter(|words| !words.as_str().is_empty());
    if words.is_none() {
        reading
            .wrong
            .entry("words".into())
            .or_insert("the words are missing; write some".to_owned());
    }
    let Some((proposal, words)) = named.zip(words) else { return Ok(None) };
    let body = words_body(words.as_str())?;
    let on = Topic::Proposal(proposal);
    let act = Act::Comment(Comment { on, answers, words: body.id() });
    Ok(Some(Said { bodies: vec![body], ..act.into() }))
}

/// Whether a question is to the whole.
pub(crate) fn is_whole(row: &Proposal) -> bool {
    row.audience() == Audience::Whole
}

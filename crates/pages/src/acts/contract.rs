use federation::act::{
    AcceptContract, AlreadyDone, Arrange, CeilingWarning, Comment, DeclineContract, EndContract,
    ProposeContract, Role, Terms, Topic,
};
use federation::{Act, Federation, Id};
use node::{Failed, words, words_body};

use super::{ActForm, Said, Sheet, plain};
use crate::day::Day;
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::{Scene, Versions};

pub(super) const FORMS: &[ActForm] = &[PROPOSE, DONE, ACCEPT, DECLINE, END, ARRANGE, COMMENT];

/// Who gives, who gets, what, how much and at what: the same for a proposal and for what is done.
fn terms(scene: &Scene<'_>, roles: [&str; 2]) -> Vec<Field> {
    let roles = vec![Choice::new("giver", roles[0]), Choice::new("receiver", roles[1])];
    let kinds = vec![
        Choice::new("at-value", "For the hours it is worth"),
        Choice::new("gift", "As a gift"),
    ];
    vec![
        Field::radio("role", "Which side are you?", roles),
        Field::choice("with", "The other unit", scene.other_units()),
        Field::choice("version", "What?", scene.versions(Versions::All)),
        Field::number("quantity", "How much?").must(),
        Field::radio("terms", "How does it count?", kinds),
    ]
}

/// Asked only of a giver who was told that the ceiling would be passed.
pub(super) fn ceiling(scene: &Scene<'_>) -> Option<Field> {
    let asks = scene.refused == "beyond-ceiling" || scene.given.is_ticked("ceiling");
    asks.then(|| {
        Field::tick("ceiling", "We know that this may not come back to us, and want it anyway")
    })
}

pub(super) fn warning(reading: &Reading<'_>) -> CeilingWarning {
    match reading.given().is_ticked("ceiling") {
        true => CeilingWarning::Understood,
        false => CeilingWarning::NotRead,
    }
}

const PROPOSE: ActForm = ActForm {
    name: "propose-contract",
    title: "Propose a contract",
    button: "Propose it",
    says: "To another unit, at any time. It holds when they say yes. Either side can end it at any \
           time; what was delivered stays delivered.",
    sheet: |scene| {
        let mut fields = terms(scene, ["We give", "We receive"]);
        let day = Day::of(scene.now).plus(7);
        fields.push(Field::day("answer_by", "Answer by").with(day).must());
        fields.push(Field::line("note", "What else is there to say?"));
        fields.extend(ceiling(scene));
        Sheet::of(fields)
    },
    read: propose,
};

fn propose(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let chosen = reading.given().number("version").map(Id::new);
    let (role, with) = (reading.word::<Role>("role"), reading.unit("with"));
    let (version, quantity) = (reading.version("version"), reading.quantity_of("quantity", chosen));
    let terms = reading.word::<Terms>("terms");
    let (answer_by, note) = (reading.day_end("answer_by"), reading.line("note"));
    let ceiling = warning(reading);
    let (Some(role), Some(with), Some(version), Some(quantity)) = (role, with, version, quantity)
    else {
        return Ok(None);
    };
    let (Some(terms), Some(answer_by), Some(note)) = (terms, answer_by, note) else {
        return Ok(None);
    };
    plain(Some(Act::ProposeContract(ProposeContract {
        role,
        with,
        version,
        quantity,
        terms,
        answer_by,
        ceiling,
        note,
    })))
}

const DONE: ActForm = ActForm {
    name: "already-done",
    title: "Already done",
    button: "Enter it",
    says: "Something was exchanged already. Write it down here; it counts when the other side says \
           that it is right.",
    sheet: |scene| {
        let mut fields = terms(scene, ["We gave", "We received"]);
        fields.push(Field::day("happened", "When was it?").with(Day::of(scene.now)).must());
        fields.push(Field::line("note", "What else is there to say?"));
        fields.extend(ceiling(scene));
        Sheet::of(fields)
    },
    read: done,
};

fn done(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let chosen = reading.given().number("version").map(Id::new);
    let (role, with) = (reading.word::<Role>("role"), reading.unit("with"));
    let (version, quantity) = (reading.version("version"), reading.quantity_of("quantity", chosen));
    let terms = reading.word::<Terms>("terms");
    // A day that is not over is entered as it stands at this moment.
    let happened =
        reading.day_end("happened").map(|end| match Day::of(end) == Day::of(reading.scene.now) {
            true => reading.scene.now,
            false => end,
        });
    let (note, ceiling) = (reading.line("note"), warning(reading));
    let (Some(role), Some(with), Some(version), Some(quantity)) = (role, with, version, quantity)
    else {
        return Ok(None);
    };
    let (Some(terms), Some(happened), Some(note)) = (terms, happened, note) else {
        return Ok(None);
    };
    plain(Some(Act::AlreadyDone(AlreadyDone {
        role,
        with,
        version,
        quantity,
        terms,
        ceiling,
        happened,
        note,
    })))
}

/// The contract in a sentence, and its number to go along.
fn about(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let (id, contract) = scene.contract()?;
    let says = words::contract_sentence(scene.federation, contract);
    let fields = [Field::hidden("contract").with(id)];
    let mut sheet = Sheet::about(format!("Contract {id}: {says}"), fields)?;
    let ring = words::swap_sentence(scene.federation, contract);
    if contract.is_proposed() && !ring.is_empty() {
        sheet.facts.push(format!("Your answer is for the whole swap: {ring}."));
    }
    Ok(sheet)
}

const ACCEPT: ActForm = ActForm {
    name: "accept-contract",
    title: "Say yes to a contract",
    button: "Yes, accept",
    says: "It holds when both sides have said yes. You can end it later.",
    sheet: |scene| {
        let mut sheet = about(scene)?;
        sheet.fields.extend(ceiling(scene));
        Ok(sheet)
    },
    read: |reading| {
        let contract = reading.reference("contract", Federation::contract_ref);
        let ceiling = warning(reading);
        plain(contract.map(|contract| Act::AcceptContract(AcceptContract { contract, ceiling })))
    },
};

const DECLINE: ActForm =
    ActForm {
        name: "decline-contract",
        title: "Say no to a contract",
        button: "No, decline",
        says: "You owe no reason.",
        sheet: |scene| {
            let mut sheet = about(scene)?;
            sheet.fields.push(Field::line("reason", "Why?").hint("You can leave this empty."));
            Ok(sheet)
        },
        read: |reading| {
            let contract = reading.reference("contract", Federation::contract_ref);
            plain(contract.zip(reading.line("reason")).map(|(contract, reason)| {
                Act::DeclineContract(DeclineContract { contract, reason })
            }))
        },
    };

const END: ActForm = ActForm {
    name: "end-contract",
    title: "End a contract",
    button: "End it",
    says: "Nothing new can come due under it. What was delivered stays.",
    sheet: |scene| {
        let mut sheet = about(scene)?;
        sheet.fields.push(Field::line("reason", "Why?").hint("You can leave this empty."));
        Ok(sheet)
    },
    read: |reading| {
        let contract = reading.reference("contract", Federation::contract_ref);
        plain(
            contract
                .zip(reading.line("reason"))
                .map(|(contract, reason)| Act::EndContract(EndContract { contract, reason })),
        )
    },
};

const ARRANGE: ActForm = ActForm {
    name: "arrange",
    title: "Time and place",
    button: "Sign this time and place",
    says: "It is settled when both sides have signed the same. Times are in UTC.",
    sheet: |scene| {
        let (_, contract) = scene.contract()?;
        let mut sheet = about(scene)?;
        let before = contract.arrangement.as_ref();
        let when = before.map_or(scene.now.plus_hours(24), |arranged| arranged.when);
        let clock = before.and_then(|a| a.when.to_string().get(11..).map(ToOwned::to_owned));
        let place = before.map(|arranged| arranged.place.to_string()).unwrap_or_default();
        sheet.fields.extend([
            Field::day("when", "On which day?").with(Day::of(when)).must(),
            Field::clock("clock", "At what time?").with(clock.unwrap_or("12:00".to_owned())).must(),
            Field::line("place", "Where?").with(place),
        ]);
        Ok(sheet)
    },
    read: |reading| {
        let contract = reading.reference("contract", Federation::contract_ref);
        let (when, place) = (reading.moment("when", "clock"), reading.line("place"));
        plain(
            contract
                .zip(when)
                .zip(place)
                .map(|((contract, when), place)| Act::Arrange(Arrange { contract, when, place })),
        )
    },
};

const COMMENT: ActForm = ActForm {
    name: "comment",
    title: "Say something",
    button: "Say it",
    says: "Both sides see it. Your words are kept beside the record; you can erase them later.",
    sheet: |scene| {
        let mut sheet = about(scene)?;
        sheet.fields.push(Field::area("words", "Your words").must());
        Ok(sheet)
    },
    read: |reading| {
        if reading.given().has("proposal") {
            return super::decision::comment(reading);
        }
        let contract = reading.reference("contract", Federation::contract_ref);
        let words = reading.prose("words").filter(|words| !words.as_str().is_empty());
        if words.is_none() {
            reading
                .wrong
                .entry("words".into())
                .or_insert("the words are missing; write some".to_owned());
        }
        let Some((contract, words)) = contract.zip(words) else { return Ok(None) };
        let body = words_body(words.as_str())?;
        let act = Act::Comment(Comment {
            on: Topic::Contract(contract),
            answers: None,
            words: body.id(),
        });
        Ok(Some(Said { bodies: vec![body], ..act.into() }))
    },
};

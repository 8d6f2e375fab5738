use federation::act::{FormCircle, JoinCircle, LeaveCircle, PostAct};
use federation::{Act, Federation};
use node::{Failed, words_body};

use super::{ActForm, Said, Sheet, plain};
use crate::field::Field;
use crate::scene::Scene;

pub(super) const FORMS: &[ActForm] = &[FORM, JOIN, LEAVE, POST];

const FORM: ActForm = ActForm {
    name: "form-circle",
    title: "Form a circle",
    button: "Form it",
    says: "People from any units, around a trade, a question or a book. Nobody has to allow it, \
           and whoever likes joins. A circle has a page and a bulletin, and decides nothing for \
           anybody.",
    sheet: |_| {
        Sheet::of([
            Field::line("name", "What is it called?").must(),
            Field::area("about", "What is it for?"),
        ])
    },
    read: |reading| {
        let (name, about) = (reading.name("name"), reading.prose("about"));
        let act = name.zip(about);
        plain(act.map(|(name, about)| Act::FormCircle(FormCircle { name, about })))
    },
};

/// The circle's name, and its number to go along.
fn about(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let (id, circle) = scene.circle()?;
    Sheet::about(format!("The circle {}", circle.name), [Field::hidden("circle").with(id)])
}

const JOIN: ActForm = ActForm {
    name: "join-circle",
    title: "Join a circle",
    button: "Join",
    says: "Nobody has to agree, and you can leave at any time.",
    sheet: about,
    read: |reading| {
        let circle = reading.reference("circle", Federation::circle_ref);
        plain(circle.map(|circle| Act::JoinCircle(JoinCircle { circle })))
    },
};

const LEAVE: ActForm = ActForm {
    name: "leave-circle",
    title: "Leave a circle",
    button: "Leave",
    says: "What you wrote stays until you take it back under My keys and data. You can join again.",
    sheet: about,
    read: |reading| {
        let circle = reading.reference("circle", Federation::circle_ref);
        plain(circle.map(|circle| Act::LeaveCircle(LeaveCircle { circle })))
    },
};

const POST: ActForm = ActForm {
    name: "post",
    title: "Write on the bulletin",
    button: "Write it",
    says: "Everybody who reads this record sees it, with your name. Your words are kept beside the \
           record; only you can take them back.",
    sheet: |scene| {
        let mut sheet = about(scene)?;
        sheet.fields.push(Field::area("words", "Your words").must());
        Ok(sheet)
    },
    read: |reading| {
        let circle = reading.reference("circle", Federation::circle_ref);
        let words = reading.prose("words").filter(|words| !words.as_str().is_empty());
        if words.is_none() {
            reading
                .wrong
                .entry("words".into())
                .or_insert("the words are missing; write some".to_owned());
        }
        let Some((circle, words)) = circle.zip(words) else { return Ok(None) };
        let body = words_body(words.as_str())?;
        let act = Act::Post(PostAct { circle, words: body.id() });
        Ok(Some(Said { bodies: vec![body], ..act.into() }))
    },
};

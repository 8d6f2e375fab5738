//! Every act as a form: what it says, its fields, and how what was filled in becomes an act.

mod ballot;
mod circle;
mod commons;
mod conflict;
mod contract;
mod decision;
mod delegate;
mod delivery;
mod key;
mod lot;
mod member;
mod ratified;
mod resource;
mod room_count;
mod round;
mod specification;
mod standing;
mod swap;
mod trust;
mod unit;
mod value;
mod wish;

use federation::act::Question;
use federation::{Act, LotNumber};
use node::words::{question_lines, question_words, room_lines};
use node::{Body, Failed, KeptKey, OpenInvite};

pub(crate) use ballot::{ballot_fields, summary, vote_words};
pub(crate) use decision::is_whole;
pub(crate) use key::held_words;
pub(crate) use ratified::what_it_can_do;
pub(crate) use unit::matters;

use crate::field::Field;
use crate::given::Given;
use crate::reading::Reading;
use crate::scene::Scene;

/// An act as a form. Its name is the act's, and its address.
pub(crate) struct ActForm {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) button: &'static str,
    pub(crate) says: &'static str,
    pub(crate) sheet: fn(&Scene<'_>) -> Result<Sheet, Failed>,
    pub(crate) read: fn(&mut Reading<'_>) -> Result<Option<Said>, Failed>,
}

/// What a form shows beside its title: what the act is about, and its fields.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// In place of the act's own title, where it can be more to the point.
    pub(crate) title: &'static str,
    pub(crate) facts: Vec<String>,
    /// Where else to go: what it is called, and the end of its address.
    pub(crate) links: Vec<(String, String)>,
    pub(crate) fields: Vec<Field>,
    pub(crate) sending: Sending,
}

/// Whether a form can be sent as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sending {
    #[default]
    Open,
    /// There is nothing to send yet.
    Closed,
}

impl Sheet {
    #[expect(clippy::unnecessary_wraps, reason = "it ends a function that can fail before")]
    pub(crate) fn of(fields: impl Into<Vec<Field>>) -> Result<Self, Failed> {
        Ok(Self { fields: fields.into(), ..Self::default() })
    }

    /// Nothing to send yet, and why.
    pub(crate) fn closed(fact: &str) -> Self {
        Self { facts: vec![fact.to_owned()], sending: Sending::Closed, ..Self::default() }
    }

    #[expect(clippy::unnecessary_wraps, reason = "it ends a function that can fail before")]
    pub(crate) fn about(fact: String, fields: impl Into<Vec<Field>>) -> Result<Self, Failed> {
        Ok(Self { facts: vec![fact], fields: fields.into(), ..Self::default() })
    }
}

/// What somebody says with a form: the act, and what goes along with it.
pub(crate) struct Said {
    pub(crate) act: Act,
    /// Words about or by a person, named in the act.
    pub(crate) bodies: Vec<Body>,
    /// A key that the node keeps once the act is recorded.
    pub(crate) keep: Option<KeptKey>,
    /// An invite to show once the act is recorded.
    pub(crate) invite: Option<OpenInvite>,
    /// A number for a public lot, to be told later.
    pub(crate) number: Option<LotNumber>,
}

impl From<Act> for Said {
    fn from(act: Act) -> Self {
        Self { act, bodies: Vec::new(), keep: None, invite: None, number: None }
    }
}

/// Wraps an act that needs nothing besides.
#[expect(clippy::unnecessary_wraps, reason = "it ends a function that can fail before")]
pub(crate) fn plain(act: Option<Act>) -> Result<Option<Said>, Failed> {
    Ok(act.map(Said::from))
}

/// Whether what was filled in is shown in full words before it is sent.
pub(crate) fn is_checked(form: &ActForm, given: &Given) -> bool {
    let asked = given.raw("question");
    form.name == "count-room" || (form.name == "propose" && (asked == "list" || asked == "expel"))
}

/// What an act says, in full words.
pub(crate) fn check_lines(scene: &Scene<'_>, act: &Act) -> Vec<String> {
    match act {
        Act::CountRoom(act) => {
            let about = room_count::about_lines(scene);
            let counted = room_lines(scene.federation, scene.called, act);
            about.into_iter().chain(counted).collect()
        }
        Act::Propose(act) => {
            let mut lines =
                vec![format!("you propose {}", question_words(scene.federation, &act.question))];
            lines.extend(question_lines(scene.federation, &act.question));
            lines.push(format!("why: {}", act.text));
            lines.push(format!("members can vote until {} UTC", act.closes));
            if matches!(act.question, Question::Expel { .. }) {
                lines.push("the unit has 14 days to answer before anybody votes".to_owned());
            }
            lines
        }
        _ => Vec::new(),
    }
}

/// Every act's form, by room.
pub(crate) fn forms() -> impl Iterator<Item = &'static ActForm> {
    [
        unit::FORMS,
        member::FORMS,
        key::FORMS,
        standing::FORMS,
        specification::FORMS,
        value::FORMS,
        wish::FORMS,
        swap::FORMS,
        round::FORMS,
        contract::FORMS,
        delivery::FORMS,
        trust::FORMS,
        commons::FORMS,
        resource::FORMS,
        conflict::FORMS,
        decision::FORMS,
        circle::FORMS,
        delegate::FORMS,
        lot::FORMS,
    ]
    .into_iter()
    .flatten()
}

/// The form of an act by its name.
pub(crate) fn form(name: &str) -> Option<&'static ActForm> {
    forms().find(|form| form.name == name)
}

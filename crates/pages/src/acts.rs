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
mod resource;
mod round;
mod specification;
mod standing;
mod swap;
mod trust;
mod unit;
mod value;
mod wish;

use federation::{Act, LotNumber};
use node::{Body, Failed, KeptKey, OpenInvite};

pub(crate) use ballot::{ballot_fields, option_names, summary, vote_words};
pub(crate) use decision::is_whole;
pub(crate) use key::held_words;
pub(crate) use unit::{matters, signing_words};

use crate::field::Field;
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
    pub(crate) facts: Vec<String>,
    pub(crate) fields: Vec<Field>,
}

impl Sheet {
    #[expect(clippy::unnecessary_wraps, reason = "it ends a function that can fail before")]
    pub(crate) fn of(fields: impl Into<Vec<Field>>) -> Result<Self, Failed> {
        Ok(Self { facts: Vec::new(), fields: fields.into() })
    }

    #[expect(clippy::unnecessary_wraps, reason = "it ends a function that can fail before")]
    pub(crate) fn about(fact: String, fields: impl Into<Vec<Field>>) -> Result<Self, Failed> {
        Ok(Self { facts: vec![fact], fields: fields.into() })
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

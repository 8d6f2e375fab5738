use federation::{Act, PersonId};
use record::Body;

/// An act with what goes along, before it is signed.
#[derive(Debug, Clone)]
pub struct Saying {
    /// What is done.
    pub act: Act,
    /// The bodies that it names.
    pub bodies: Vec<Body>,
    /// The annex that it names.
    pub annex: Option<Vec<u8>>,
    /// For whom, where co-members act for somebody without a device.
    pub acting_for: Option<PersonId>,
}

impl From<Act> for Saying {
    fn from(act: Act) -> Self {
        Self { act, bodies: Vec::new(), annex: None, acting_for: None }
    }
}

impl Saying {
    /// An act with the bodies that it names.
    pub fn with(act: Act, bodies: Vec<Body>) -> Self {
        Self { bodies, ..act.into() }
    }

    /// Somebody else's act, signed for them by a co-member.
    #[must_use]
    pub fn acting_for(mut self, person: Option<PersonId>) -> Self {
        self.acting_for = person;
        self
    }
}

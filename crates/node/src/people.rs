use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use federation::rows::Person;
use federation::{BodyId, Federation, Id};
use record::FoundBody;

use crate::{About, Hosted};

/// Who people say they are, as read from their bodies.
#[derive(Debug, Default)]
pub(crate) struct People {
    read: RwLock<BTreeMap<BodyId, Option<About>>>,
}

impl Hosted {
    /// What somebody says about themselves; none if they said nothing, or erased it.
    pub fn about(&self, federation: &Federation, person: Id<Person>) -> Option<About> {
        let body = federation.person(person).ok()?.about?;
        let read = self.people.read.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(about) = read.get(&body) {
            return about.clone();
        }
        drop(read);
        // A body that is not here, or cannot be read now, is asked for again next time.
        let about = match self.record().body(body).ok()?? {
            FoundBody::Kept(body) => About::read(&body),
            FoundBody::Erased { .. } => None,
        };
        let mut read = self.people.read.write().unwrap_or_else(PoisonError::into_inner);
        read.insert(body, about.clone());
        about
    }

    /// What somebody is called: their name, or their number if they gave none or erased it.
    pub fn called(&self, federation: &Federation, person: Id<Person>) -> String {
        let name = self.about(federation, person).map(|about| about.name);
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("person {person}"))
    }

    /// Forgets what a body said, as when it was erased.
    pub fn forget_about(&self, body: BodyId) {
        let mut read = self.people.read.write().unwrap_or_else(PoisonError::into_inner);
        read.remove(&body);
    }

    /// The words of a body; none if it was erased or is not here.
    pub fn words_of(&self, body: BodyId) -> Option<String> {
        match self.record().body(body).ok()?? {
            FoundBody::Kept(body) => String::from_utf8(body.content().to_vec()).ok(),
            FoundBody::Erased { .. } => None,
        }
    }
}

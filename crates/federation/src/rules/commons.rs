use std::collections::BTreeMap;

use crate::act::{OpenCommon, Subscribe, Unsubscribe};
use crate::rows::{Common, Subscription, Unit};
use crate::{Effect, Federation, Id, Refusal};

use super::Author;

impl Federation {
    /// Any unit opens a common. That binds nobody: it is carried by whoever subscribes.
    pub(crate) fn open_common(
        &mut self,
        author: Author,
        act: &OpenCommon,
    ) -> Result<Effect, Refusal> {
        let by = self.acting_unit(author.person)?;
        let version = self.find_version(act.version)?;
        self.check_not_retired(self.version(version)?.specification)?;
        self.value_of(version)?;
        let common = Common {
            name: act.name.clone(),
            version,
            about: act.about.clone(),
            by,
            since: author.at,
            subscriptions: BTreeMap::new(),
            contributions: Vec::new(),
        };
        Ok(Effect::Common(self.commons.add(author.made_by, 0, common)))
    }

    /// Each unit carries a common with up to so many hours of its own, which nobody else sets.
    pub(crate) fn subscribe(&mut self, author: Author, act: &Subscribe) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let id = self.find_common(act.common)?;
        self.check_not_retired(self.version(self.common(id)?.version)?.specification)?;
        if !act.hours.is_positive() {
            return Err(Refusal::SubscriptionNought {});
        }
        if let Some(found) = act.every_days.filter(|days| !(1..=366).contains(days)) {
            return Err(Refusal::RepeatOutOfBounds { found });
        }
        let subscription = Subscription {
            hours: act.hours,
            every_days: act.every_days,
            since: self.begins(author.at),
            order: self.size,
            taken: Default::default(),
        };
        self.commons.row_mut(id)?.subscriptions.insert(unit, subscription);
        Ok(Effect::Done)
    }

    /// A subscription ends at once; what was delivered before is carried.
    pub(crate) fn unsubscribe(
        &mut self,
        author: Author,
        act: &Unsubscribe,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let id = self.find_common(act.common)?;
        match self.commons.row_mut(id)?.subscriptions.remove(&unit) {
            Some(_) => Ok(Effect::Done),
            None => Err(Refusal::NotSubscribed { common: self.common(id)?.name.clone() }),
        }
    }

    /// A unit that leaves carries nothing any more that is delivered from now on.
    pub(crate) fn end_subscriptions(&mut self, unit: Id<Unit>) -> Result<(), Refusal> {
        let carried: Vec<Id<Common>> = self
            .commons()
            .filter(|(_, common)| common.subscriptions.contains_key(&unit))
            .map(|(id, _)| id)
            .collect();
        for id in carried {
            self.commons.row_mut(id)?.subscriptions.remove(&unit);
        }
        Ok(())
    }
}

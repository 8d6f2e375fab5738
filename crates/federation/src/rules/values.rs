use std::collections::BTreeSet;

use measure::Value;

use crate::act::{AgreeValue, AskValue, CounterValue};
use crate::rows::{Contract, Progress, Unit, Valuation, ValueWord, Version};
use crate::{Days, Effect, Federation, Id, Prose, Refusal, Time};

use super::Author;

/// For how long after a delivery its giver and receiver are concerned by the value.
const CONCERNED_DAYS: Days = crate::fixed::CONCERNED;

/// Who settles a version's value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concerned {
    /// Units that ask it, gave under it, or hold an accepted contract to.
    pub producers: BTreeSet<Id<Unit>>,
    /// Units that received under it, or hold an accepted contract to.
    pub receivers: BTreeSet<Id<Unit>>,
}

impl Federation {
    /// Asking makes a version of its own, with the asker's signature under the value.
    pub(crate) fn ask_value(&mut self, author: Author, act: &AskValue) -> Result<Effect, Refusal> {
        let by = self.acting_unit(author.person)?;
        let asked_of = self.find_version(act.version)?;
        let valuation = Some(Valuation::Asked { value: above_nought(act.value)? });
        let version = self.revalued(author, asked_of, by, valuation)?;
        let word = ValueWord { by, at: author.at, value: act.value, reasons: act.reasons.clone() };
        let id = self.put_version((author.made_by, 0), version)?;
        let row = self.versions.row_mut(id)?;
        row.about = act.reasons.clone();
        row.words.push(word);
        row.signed.entry(act.value).or_default().insert(by);
        Ok(Effect::Version(id))
    }

    pub(crate) fn counter_value(
        &mut self,
        author: Author,
        act: &CounterValue,
    ) -> Result<Effect, Refusal> {
        let by = self.acting_unit(author.person)?;
        let id = self.find_version(act.version)?;
        self.check_not_retired(self.version(id)?.specification)?;
        let value = above_nought(act.value)?;
        let word = ValueWord { by, at: author.at, value, reasons: act.reasons.clone() };
        self.versions.row_mut(id)?.words.push(word);
        Ok(Effect::Done)
    }

    /// A value is agreed when a producer, a receiver, and more than half of all concerned have
    /// signed it. That makes a new version; it binds nobody who does not offer or need under it.
    pub(crate) fn agree_value(
        &mut self,
        author: Author,
        act: &AgreeValue,
    ) -> Result<Effect, Refusal> {
        let by = self.acting_unit(author.person)?;
        let id = self.find_version(act.version)?;
        let version = self.version(id)?;
        self.check_not_retired(version.specification)?;
        let value = above_nought(act.value)?;
        let label = || self.version_label(id);
        if let Some(agreed) = self.agreed_at(version, value)? {
            return Err(Refusal::AgreedAlready { version: self.version_label(agreed), value });
        }
        let concerned = self.concerned(id, self.begins(author.at));
        let all: BTreeSet<_> = concerned.producers.union(&concerned.receivers).copied().collect();
        if !all.contains(&by) {
            return Err(Refusal::NotConcerned { version: label() });
        }
        let mut signed = version.signed.get(&value).cloned().unwrap_or_default();
        if !signed.insert(by) {
            return Err(Refusal::NothingChanges {});
        }
        let counted: BTreeSet<_> = signed.intersection(&all).copied().collect();
        let both = !counted.is_disjoint(&concerned.producers)
            && counted.iter().any(|unit| concerned.receivers.contains(unit));
        if !both || counted.len() * 2 <= all.len() {
            self.versions.row_mut(id)?.signed.insert(value, signed);
            let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let needed = number(all.len() / 2 + 1).max(2);
            return Ok(Effect::Gathering { signed: number(counted.len()), needed });
        }
        let agreed = self.revalued(author, id, by, Some(Valuation::Agreed { value }))?;
        self.versions.row_mut(id)?.signed.remove(&value);
        Ok(Effect::Version(self.put_version((author.made_by, 0), agreed)?))
    }

    /// The version with these clauses that is agreed at a value, if there is one.
    pub(crate) fn agreed_at(
        &self,
        version: &Version,
        value: Value,
    ) -> Result<Option<Id<Version>>, Refusal> {
        let all = &self.specification(version.specification)?.versions;
        let same = |id: &Id<Version>| {
            self.version(*id).is_ok_and(|row| {
                row.valuation == Some(Valuation::Agreed { value }) && row.clauses == version.clauses
            })
        };
        Ok(all.iter().copied().find(same))
    }

    /// The same clauses with another value.
    pub(crate) fn revalued(
        &self,
        author: Author,
        from: Id<Version>,
        by: Id<Unit>,
        valuation: Option<Valuation>,
    ) -> Result<Version, Refusal> {
        let old = self.version(from)?;
        self.check_not_retired(old.specification)?;
        Ok(Version {
            about: Prose::default(),
            by,
            since: author.at,
            valuation,
            ratified: None,
            words: Vec::new(),
            signed: Default::default(),
            ..old.clone()
        })
    }

    /// Who settles a version's value at a moment.
    pub fn concerned(&self, id: Id<Version>, at: Time) -> Concerned {
        let mut concerned = Concerned::default();
        if let Ok(Version { valuation: Some(Valuation::Asked { .. }), by, .. }) = self.version(id) {
            concerned.producers.insert(*by);
        }
        for contract in self.contracts_under(id).filter(|c| self.is_recent(c, at)) {
            concerned.producers.insert(contract.parties.giver);
            concerned.receivers.insert(contract.parties.receiver);
        }
        // A unit that left cannot sign, so it is not waited for.
        let is_in = |unit: &Id<Unit>| self.unit(*unit).is_ok_and(Unit::is_in);
        concerned.producers.retain(is_in);
        concerned.receivers.retain(is_in);
        concerned
    }

    /// The contracts under a version, first made first.
    pub fn contracts_under(&self, id: Id<Version>) -> impl Iterator<Item = &Contract> {
        let all = self.contracts_under.range((id, Id::new(0))..=(id, Id::new(u32::MAX)));
        all.filter_map(|&(_, contract)| self.contract(contract).ok())
    }

    /// Whether a contract is agreed, or something was accepted under it of late.
    fn is_recent(&self, contract: &Contract, now: Time) -> bool {
        let accepted_of_late = |delivery| match self.delivery(delivery).map(|row| &row.progress) {
            Ok(Progress::Accepted { at, .. }) => at.plus_days(CONCERNED_DAYS) >= now,
            _ => false,
        };
        contract.is_agreed() || contract.deliveries.iter().any(|&id| accepted_of_late(id))
    }
}

pub(crate) const fn above_nought(value: Value) -> Result<Value, Refusal> {
    match value.seconds() {
        0 => Err(Refusal::ValueNought {}),
        _ => Ok(value),
    }
}

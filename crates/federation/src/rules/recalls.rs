use crate::act::Recall;
use crate::rows::{Ended, Mandate, Unit};
use crate::{Effect, Federation, Id, Refusal, Time};

use super::Author;

impl Federation {
    /// A member signs to take a delegate back. With the last signature it is done.
    pub(crate) fn recall(&mut self, author: Author, act: &Recall) -> Result<Effect, Refusal> {
        let id = self.find_mandate(act.mandate)?;
        let row = self.mandate(id)?;
        if !self.unit(row.unit)?.members.contains(&author.person) {
            return Err(Refusal::RecallByOthers { mandate: id.number() });
        }
        self.check_holds(id, row)?;
        let row = self.mandates.row_mut(id)?;
        if !row.signed.insert(author.person) {
            let signed = u32::try_from(row.signed.len()).unwrap_or(u32::MAX);
            return Err(Refusal::SignedAlready { signed, needed: row.needed });
        }
        self.recount_recall(id, author.at);
        let row = self.mandate(id)?;
        match row.ended {
            Some(_) => Ok(Effect::Done),
            None => Ok(Effect::Gathering {
                signed: u32::try_from(row.signed.len()).unwrap_or(u32::MAX),
                needed: row.needed,
            }),
        }
    }

    /// How many signatures take a delegate back: more than half of those who voted when they were
    /// sent and are still members, and no more than half of today's members plus one. It only falls;
    /// once as many have signed, nothing is waited for.
    pub(crate) fn recount_recall(&mut self, id: Id<Mandate>, at: Time) {
        let at = self.begins(at);
        let Ok(row) = self.mandate(id) else { return };
        let Ok(unit) = self.unit(row.unit) else { return };
        let still = row.voters.intersection(&unit.members).count();
        let needed = (still / 2).min(unit.members.len() / 2).saturating_add(1);
        let members = unit.members.clone();
        let Ok(row) = self.mandates.row_mut(id) else { return };
        row.needed = row.needed.min(u32::try_from(needed).unwrap_or(u32::MAX));
        row.signed.retain(|person| members.contains(person));
        let enough = u32::try_from(row.signed.len()).is_ok_and(|signed| signed >= row.needed);
        if enough {
            self.end_mandate(id, Ended::Recalled(at));
        }
    }

    /// A unit has fewer members than before: its recalls are counted anew.
    pub(crate) fn recount_recalls(&mut self, unit: Id<Unit>, at: Time) {
        let held: Vec<_> = self.standing_mandates(unit).map(|(id, _)| id).collect();
        for id in held {
            self.recount_recall(id, at);
        }
    }
}

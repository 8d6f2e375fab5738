use measure::Hours;

use crate::act::AnnounceLeaving;
use crate::rows::{Contract, Standing, Status, Unit};
use crate::{Effect, Federation, Id, Line, Refusal};

use super::Author;

impl Federation {
    /// Announcing lets a unit use up what it is owed: rounds then plan only receiving for it, down
    /// to an entitlement of nought.
    pub(crate) fn announce_leaving(
        &mut self,
        author: Author,
        act: &AnnounceLeaving,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        if act.by <= author.at {
            return Err(Refusal::Past { found: act.by, now: author.at });
        }
        self.units.row_mut(unit)?.standing = Standing::Leaving { by: act.by };
        Ok(Effect::Done)
    }

    /// Leaving is one act and always valid. Open contracts end; what was handed over stays; the
    /// row stays in the books as departed.
    pub(crate) fn leave(&mut self, author: Author) -> Result<Effect, Refusal> {
        let id = self.acting_unit(author.person)?;
        self.end_all_contracts(id)?;
        self.withdraw_all(id)?;
        self.end_backing_given(id)?;
        self.end_allowance(id)?;
        let members = self.unit(id)?.members.clone();
        for &member in &members {
            let left_with = &mut self.persons.row_mut(member)?.left_with;
            if !left_with.contains(&id) {
                left_with.push(id);
            }
        }
        let unit = self.units.row_mut(id)?;
        unit.standing = Standing::Departed { at: author.at };
        unit.members_at_leaving = members;
        self.gathering.retain(|(gatherer, _), _| *gatherer != crate::state::Gatherer::Unit(id));
        self.find_witnesses();
        Ok(Effect::Done)
    }

    fn end_all_contracts(&mut self, id: Id<Unit>) -> Result<(), Refusal> {
        let open: Vec<Id<Contract>> = self
            .contracts_of(id)
            .filter(|&c| self.contract(c).is_ok_and(|c| c.is_agreed() || c.is_proposed()))
            .collect();
        for contract in open {
            let parties = self.contract(contract)?.parties;
            self.change_contract(contract, |row| {
                let reason = Line::default();
                row.status = match row.is_agreed() {
                    true => Status::Ended { by: id, reason },
                    false => Status::Declined { by: id, reason },
                };
            })?;
            self.run_off(parties.receiver)?;
            self.run_off(parties.giver)?;
        }
        Ok(())
    }

    fn withdraw_all(&mut self, id: Id<Unit>) -> Result<(), Refusal> {
        let offers: Vec<_> = self.offers_of(id).collect();
        for offer in offers {
            self.offers.row_mut(offer)?.withdrawn = true;
            self.drop_offer(offer)?;
        }
        let needs: Vec<_> = self.needs_of(id).collect();
        for need in needs {
            self.needs.row_mut(need)?.withdrawn = true;
            self.drop_need(need)?;
        }
        Ok(())
    }

    /// What the unit lent comes to an end. Where it is in use, the backed unit keeps that much as
    /// run-off: room in use is never pulled away.
    fn end_backing_given(&mut self, id: Id<Unit>) -> Result<(), Refusal> {
        let given: Vec<_> = self
            .backings()
            .filter(|&(backer, ..)| backer == id)
            .map(|(_, to, b)| (to, b))
            .collect();
        for (backed, backing) in given {
            let used = backing.hours.minus(self.unit(backed)?.unused().min(backing.hours));
            self.take_backing(id, backed, backing.hours)?;
            let row = self.units.row_mut(backed)?;
            row.run_off = row.run_off.plus(used.unwrap_or_default()).ok_or(Refusal::TooLarge {})?;
        }
        Ok(())
    }

    /// The unit's allowance falls to what it has drawn: its own first, as run-off; only what that
    /// does not cover stays lent, and goes back to its backers as the row is delivered for.
    fn end_allowance(&mut self, id: Id<Unit>) -> Result<(), Refusal> {
        let unit = self.unit(id)?;
        let drawn = unit.drawn();
        let own = unit.base.plus(unit.run_off).ok_or(Refusal::TooLarge {})?;
        let row = self.units.row_mut(id)?;
        row.base = Hours::ZERO;
        row.run_off = drawn.min(own);
        let mut kept = drawn.minus(row.run_off).unwrap_or_default();
        let links = self.backings.range((id, Id::new(0))..=(id, Id::new(u32::MAX)));
        let lent: Vec<_> = links.map(|(&(_, backer), backing)| (backer, backing.hours)).collect();
        for (backer, hours) in lent {
            let stays = hours.min(kept);
            kept = kept.minus(stays).unwrap_or_default();
            self.take_backing(backer, id, hours.minus(stays).unwrap_or_default())?;
            if let Some(backing) = self.backings.get_mut(&(id, backer)) {
                backing.releasing = backing.hours;
            }
        }
        Ok(())
    }

    /// What a unit that left may still give: as much as its row is below nought, less what it has
    /// promised.
    pub(crate) fn debt_left(&self, id: Id<Unit>) -> Result<Hours, Refusal> {
        let unit: &Unit = self.unit(id)?;
        let promised = self.contracts_of(id).filter_map(|c| self.contract(c).ok()).filter(|c| {
            c.parties.giver == id && (c.is_agreed() || c.is_proposed() || !c.unanswered.is_zero())
        });
        let open = promised.fold(Hours::ZERO, |sum, c| {
            let due = if c.is_agreed() || c.is_proposed() { c.hours_left() } else { Hours::ZERO };
            let sum = sum.plus(due).unwrap_or(sum);
            sum.plus(c.hours_unanswered()).unwrap_or(sum)
        });
        Ok(unit.entitlement.negated().minus(open).unwrap_or_default().at_least_zero())
    }
}

use measure::Hours;

use crate::act::{AnnounceLeaving, Side};
use crate::rows::{Backing, Contract, Origin, Standing, Status, Thing, Unit};
use crate::{Effect, Federation, Id, Line, Refusal, Time};

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
        self.depart(id, author.at)?;
        Ok(Effect::Done)
    }

    /// Takes a unit out of the federation; its row and its members stay.
    pub(crate) fn depart(&mut self, id: Id<Unit>, at: Time) -> Result<(), Refusal> {
        self.end_mandates(id, None, at);
        self.end_all_contracts(id)?;
        self.withdraw_all(id)?;
        self.end_subscriptions(id)?;
        self.release_all(id, at)?;
        self.leave_conflicts(id);
        let still_used = self.end_backing_given(id)?;
        self.end_allowance(id, still_used)?;
        let members = self.unit(id)?.members.clone();
        for &member in &members {
            let left_with = &mut self.persons.row_mut(member)?.left_with;
            if !left_with.contains(&id) {
                left_with.push(id);
            }
        }
        let unit = self.units.row_mut(id)?;
        unit.standing = Standing::Departed { at };
        unit.members_at_leaving = members;
        unit.enrolled = None;
        unit.waits_since = None;
        self.gathering.retain(|(gatherer, _), _| *gatherer != crate::state::Gatherer::Unit(id));
        self.enrol_those_left(at);
        self.find_witnesses();
        Ok(())
    }

    fn end_all_contracts(&mut self, id: Id<Unit>) -> Result<(), Refusal> {
        let open: Vec<Id<Contract>> = self
            .contracts_of(id)
            .filter(|&c| self.contract(c).is_ok_and(|c| c.is_agreed() || c.is_proposed()))
            .collect();
        let mut parties = Vec::new();
        for contract in open {
            let row = self.contract(contract)?;
            parties.push(row.parties);
            if row.is_proposed() && matches!(row.origin, Origin::Swap { .. }) {
                self.decline(contract, id, Line::default())?;
                continue;
            }
            self.change_contract(contract, |row| {
                let reason = Line::default();
                row.status = match row.is_agreed() {
                    true => Status::Ended { by: id, reason },
                    false => Status::Declined { by: id, reason },
                };
            })?;
        }
        self.run_off_of(&parties)
    }

    fn withdraw_all(&mut self, id: Id<Unit>) -> Result<(), Refusal> {
        for side in [Side::Offer, Side::Need] {
            let standing: Vec<_> = self.wishes_of(id, side).map(|(id, _)| id).collect();
            for wish in standing {
                self.withdraw_wish(wish)?;
            }
        }
        let own = |thing: &Id<Thing>| self.thing(*thing).is_ok_and(|row| row.unit == id);
        let things: Vec<_> = self.standing_things().filter(own).collect();
        things.into_iter().try_for_each(|thing| self.take_thing_back(thing))
    }

    /// What the unit lent comes to an end. Where it is in use, the backed unit keeps that much as
    /// run-off: room in use is never pulled away. Says how much that is in all.
    fn end_backing_given(&mut self, id: Id<Unit>) -> Result<Hours, Refusal> {
        let mut still_used = Hours::ZERO;
        let given: Vec<_> = self
            .backings()
            .filter(|&(backer, ..)| backer == id)
            .map(|(_, to, b)| (to, b))
            .collect();
        for (backed, backing) in given {
            let used = backing.hours.minus(self.unit(backed)?.unused().min(backing.hours));
            let used = used.unwrap_or_default();
            self.take_backing(id, backed, backing.hours)?;
            let row = self.units.row_mut(backed)?;
            row.run_off = row.run_off.plus(used).ok_or(Refusal::TooLarge {})?;
            still_used = still_used.plus(used).ok_or(Refusal::TooLarge {})?;
        }
        Ok(still_used)
    }

    /// The unit's allowance falls to what it has drawn: its own first, as run-off, but for what
    /// others still use of it; only what that does not cover stays lent, and goes back to its
    /// backers as the row is delivered for.
    fn end_allowance(&mut self, id: Id<Unit>, still_used: Hours) -> Result<(), Refusal> {
        let unit = self.unit(id)?;
        let drawn = unit.drawn();
        let own = unit.base.minus(still_used).and_then(|own| own.plus(unit.run_off));
        let own = own.ok_or(Refusal::TooLarge {})?;
        let row = self.units.row_mut(id)?;
        row.base = Hours::ZERO;
        row.run_off = drawn.min(own);
        let mut kept = drawn.minus(row.run_off).unwrap_or_default();
        for (backer, Backing { hours, .. }) in self.backers(id) {
            let stays = hours.min(kept);
            kept = kept.minus(stays).unwrap_or_default();
            self.take_backing(backer, id, hours.minus(stays).unwrap_or_default())?;
            self.run_off(backer)?;
            if let Some(backing) = self.backings.get_mut(&(id, backer)) {
                backing.releasing = backing.hours;
            }
        }
        Ok(())
    }

    /// What a unit that left may still give: as much as its row is below nought, less what it has
    /// promised under contracts other than `except`.
    pub(crate) fn debt_left(
        &self,
        id: Id<Unit>,
        except: Option<Id<Contract>>,
    ) -> Result<Hours, Refusal> {
        let unit: &Unit = self.unit(id)?;
        let others = self.contracts_of(id).filter(|&contract| Some(contract) != except);
        let given = others.filter_map(|c| self.contract(c).ok()).filter(|c| c.parties.giver == id);
        let open = given.fold(Hours::ZERO, |sum, contract| {
            let due = if self.is_open(contract) { contract.hours_left() } else { Hours::ZERO };
            let sum = sum.plus(due).unwrap_or(sum);
            sum.plus(contract.hours_unanswered()).unwrap_or(sum)
        });
        let to_commons = self.open_contributions().filter(|(_, row)| row.giver == id);
        let open = to_commons.fold(open, |sum, (_, row)| sum.plus(row.hours()).unwrap_or(sum));
        Ok(unit.entitlement.negated().minus(open).unwrap_or_default().at_least_zero())
    }

    /// Whether something is due under a contract, or will be if it is answered in time.
    fn is_open(&self, contract: &Contract) -> bool {
        match contract.status {
            Status::Agreed => true,
            Status::Proposed { answer_by, .. } => self.testified <= answer_by,
            _ => false,
        }
    }
}

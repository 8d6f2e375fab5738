use crate::act::{AdmitMember, DescribeUnit, HeldBy, Introduce, NewKey, SetSigning, SignPact};
use crate::rows::{Person, Standing, Unit};
use crate::{
    BodyId, Effect, Entry, Federation, Id, Line, Name, PersonId, Refusal, StatementId, Time,
};

use super::Author;
use super::founding::new_unit;

impl Federation {
    /// Joining: a person whom the record does not know signs the pact as the first member of a
    /// new unit, which has a voice at once and may offer, need, contract and deliver.
    pub(crate) fn sign_as_newcomer(
        &mut self,
        entry: &Entry,
        name: &Name,
        place: &Line,
        held_by: HeldBy,
        about: Option<BodyId>,
    ) -> Result<Effect, Refusal> {
        let statement = &entry.statement;
        self.check_person_is_new(statement.person)?;
        self.check_key_is_new(statement.key)?;
        self.check_name(name)?;
        let person = self.put_person(entry.id, statement.person, about, entry.time);
        self.put_key(person, NewKey { key: statement.key, held_by }, entry.time)?;
        let unit =
            self.put_unit(entry.id, person, new_unit(name.clone(), place.clone(), entry.time))?;
        Ok(Effect::Unit(unit))
    }

    pub(crate) fn sign_pact(&mut self, author: Author, sign: &SignPact) -> Result<Effect, Refusal> {
        match sign {
            SignPact::Founding { unit } => {
                let id = self.find_unit(*unit)?;
                let row = self.unit(id)?;
                if !row.members.contains(&author.person) {
                    return Err(Refusal::NotMember { unit: row.name.clone() });
                }
                if row.standing != Standing::Listed {
                    return Err(Refusal::RowSigned { unit: row.name.clone() });
                }
                self.sign_row(id, author.at)?;
                Ok(Effect::Unit(id))
            }
            SignPact::Newcomer { .. } => {
                Err(Refusal::PersonKnown { person: self.person(author.person)?.id })
            }
            SignPact::NewUnit { name, place } => {
                self.check_free(author.person)?;
                self.check_name(name)?;
                self.check_not_left_behind(author.person, None)?;
                self.move_out(author.person)?;
                let unit = new_unit(name.clone(), place.clone(), author.at);
                Ok(Effect::Unit(self.put_unit(author.made_by, author.person, unit)?))
            }
            SignPact::Return { unit } => {
                let id = self.find_unit(*unit)?;
                self.check_can_return(author.person, id)?;
                if self.person(author.person)?.unit != Some(id) {
                    self.move_out(author.person)?;
                    self.move_in(author.person, id)?;
                }
                let newest = self.newest_pact();
                let row = self.units.row_mut(id)?;
                (row.standing, row.pact) = (Standing::Signed, newest);
                self.comes_in(id, author.at)?;
                Ok(Effect::Unit(id))
            }
        }
    }

    /// Who was a member of a departed unit, and is in no other now, can bring it back.
    pub(crate) fn check_can_return(&self, person: Id<Person>, id: Id<Unit>) -> Result<(), Refusal> {
        let unit = self.unit(id)?;
        if !unit.is_departed() {
            return Err(Refusal::NotDeparted { unit: unit.name.clone() });
        }
        if !unit.members.contains(&person) && !unit.members_at_leaving.contains(&person) {
            return Err(Refusal::NotMember { unit: unit.name.clone() });
        }
        self.check_free(person)
    }

    pub(crate) fn admit_member(
        &mut self,
        author: Author,
        act: &AdmitMember,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let Some(person) = self.person_by_id(act.person) else {
            if let Some(key) = act.key {
                self.check_key_is_new(key.key)?;
            }
            let person = self.put_person(author.made_by, act.person, act.about, author.at);
            if let Some(key) = act.key {
                self.put_key(person, key, author.at)?;
            }
            self.move_in(person, unit)?;
            return Ok(Effect::Done);
        };
        self.check_free(person)?;
        if act.key.is_some() {
            return Err(Refusal::PersonKnown { person: act.person });
        }
        self.check_not_left_behind(person, Some(unit))?;
        self.move_out(person)?;
        self.move_in(person, unit)?;
        Ok(Effect::Done)
    }

    pub(crate) fn member_leaves(&mut self, author: Author) -> Result<Effect, Refusal> {
        let id = self.person(author.person)?.unit.ok_or(Refusal::NoUnit {})?;
        let unit = self.unit(id)?;
        // A unit without members cannot act; its last one takes it out, and can bring it back.
        if unit.is_in() && unit.members.len() == 1 {
            self.depart(id, author.at)?;
        }
        self.move_out(author.person)?;
        self.count_fewer(id)?;
        self.end_mandates(id, Some(author.person), author.at);
        self.recount_recalls(id, author.at);
        Ok(Effect::Done)
    }

    pub(crate) fn introduce(&mut self, author: Author, act: &Introduce) -> Result<Effect, Refusal> {
        self.persons.row_mut(author.person)?.about = Some(act.about);
        Ok(Effect::Done)
    }

    pub(crate) fn describe_unit(
        &mut self,
        author: Author,
        act: &DescribeUnit,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let row = self.units.row_mut(unit)?;
        row.place = act.place.clone();
        row.area.clone_from(&act.area);
        row.description = act.description.clone();
        Ok(Effect::Done)
    }

    pub(crate) fn set_signing(
        &mut self,
        author: Author,
        act: &SetSigning,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let row = self.units.row_mut(unit)?;
        if row.signing_in(act.matter) == act.signing {
            return Err(Refusal::NothingChanges {});
        }
        row.signing.insert(act.matter, act.signing);
        Ok(Effect::Done)
    }

    fn check_person_is_new(&self, person: PersonId) -> Result<(), Refusal> {
        match self.person_by_id(person) {
            Some(_) => Err(Refusal::PersonKnown { person }),
            None => Ok(()),
        }
    }

    fn check_name(&self, name: &Name) -> Result<(), Refusal> {
        match self.unit_names.contains(&name.folded()) {
            true => Err(Refusal::NameTaken { name: name.clone() }),
            false => Ok(()),
        }
    }

    /// Refused for somebody who is in a unit that has not left.
    fn check_free(&self, person: Id<Person>) -> Result<(), Refusal> {
        let Some(unit) = self.person(person)?.unit else { return Ok(()) };
        let row = self.unit(unit)?;
        match row.is_departed() {
            true => Ok(()),
            false => Err(Refusal::InUnit { unit: row.name.clone() }),
        }
    }

    /// Most of the members of a unit that left do not come together again beside its row, neither
    /// in a new unit (`None`) nor in one that was made after it left.
    fn check_not_left_behind(
        &self,
        person: Id<Person>,
        into: Option<Id<Unit>>,
    ) -> Result<(), Refusal> {
        let into = into.map(|id| self.unit(id)).transpose()?;
        for &id in &self.person(person)?.left_with {
            let left = self.unit(id)?;
            let Standing::Departed { at } = left.standing else { continue };
            if into.is_some_and(|unit| unit.since < at) {
                continue;
            }
            let with = |member| into.is_some_and(|unit| unit.members.contains(member));
            let others = left.members_at_leaving.iter().filter(|member| with(member)).count();
            if (others + 1) * 2 > left.members_at_leaving.len() {
                return Err(Refusal::RowLeftBehind { unit: left.name.clone() });
            }
        }
        Ok(())
    }

    fn put_person(
        &mut self,
        made_by: StatementId,
        id: PersonId,
        about: Option<BodyId>,
        since: Time,
    ) -> Id<Person> {
        let (unit, moves, left_with, keys) = (None, Vec::new(), Vec::new(), Vec::new());
        let (helpers, next_helpers) = (None, None);
        let row = Person { id, unit, moves, left_with, about, keys, helpers, next_helpers, since };
        let person = self.persons.add(made_by, 0, row);
        self.persons_by_id.insert(id, person);
        person
    }

    fn put_unit(
        &mut self,
        made_by: StatementId,
        first: Id<Person>,
        unit: Unit,
    ) -> Result<Id<Unit>, Refusal> {
        self.unit_names.insert(unit.name.folded());
        let pact = self.newest_pact();
        let at = unit.since;
        let id = self.units.add(made_by, 0, Unit { pact, ..unit });
        self.move_in(first, id)?;
        self.comes_in(id, at)?;
        Ok(id)
    }

    fn move_in(&mut self, person: Id<Person>, unit: Id<Unit>) -> Result<(), Refusal> {
        let size = self.size;
        self.units.row_mut(unit)?.members.insert(person);
        let row = self.persons.row_mut(person)?;
        row.unit = Some(unit);
        row.moves.push((size, Some(unit)));
        self.follow_host(person);
        Ok(())
    }

    fn move_out(&mut self, person: Id<Person>) -> Result<(), Refusal> {
        let size = self.size;
        let row = self.persons.row_mut(person)?;
        if let Some(unit) = row.unit.take() {
            row.moves.push((size, None));
            self.units.row_mut(unit)?.members.remove(&person);
            self.follow_host(person);
            self.forget_word(unit, person);
        }
        Ok(())
    }
}

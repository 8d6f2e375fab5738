use federation::act::{Found, FoundingMember, FoundingRow, HeldBy, NewKey, SignPact};
use federation::rows::{Unit, Version};
use federation::{
    Act, AnnexId, Area, BodyId, Days, Effect, Entry, Federation, FederationId, Id, Line, Name,
    Pact, PersonId, Ref, Refusal, Root, Statement, StatementId, Time,
};
use measure::Hours;
use record::{
    Body, Leaf, SigningKey, Submission, Tree, leaf_hash, sha256, sign_statement, statement_id,
};

use crate::{About, Failed};

/// A person of the sample federation.
#[derive(Debug, Clone)]
pub struct Inhabitant {
    /// The person.
    pub person: PersonId,
    /// What they are called.
    pub name: &'static str,
    /// Their key.
    pub key: SigningKey,
    /// The next unused serial number of the key.
    pub serial: u64,
}

/// What [`super::half_a_year`] gives.
pub struct Sample {
    /// The federation's id.
    pub federation: FederationId,
    /// Its people, the founder and host first.
    pub people: Vec<Inhabitant>,
    /// Its statements in the order of the record, the founding act first.
    pub submissions: Vec<Submission>,
}

/// A founding unit: its name, place, counted members, and the people who are named.
pub(super) struct Founder {
    pub(super) name: &'static str,
    pub(super) place: &'static str,
    pub(super) area: &'static str,
    pub(super) about: &'static str,
    pub(super) members: u32,
    pub(super) people: [&'static str; 2],
}

/// Where the sample's statements are made: a federation of its own, with a clock that is set.
pub(super) struct Stage {
    pub(super) federation: Federation,
    id: FederationId,
    pub(super) now: Time,
    tree: Tree,
    people: Vec<Inhabitant>,
    submissions: Vec<Submission>,
}

impl Stage {
    /// Founds the federation; every listed unit signs at once.
    pub(super) fn found(at: Time, founders: &[Founder]) -> Result<Self, Failed> {
        let mut stage = Self {
            federation: Federation::new(),
            id: FederationId(sha256(b"sample federation")),
            now: at,
            tree: Tree::new(),
            people: Vec::new(),
            submissions: Vec::new(),
        };
        let (mut rows, mut bodies) = (Vec::new(), Vec::new());
        for founder in founders {
            let mut members = Vec::new();
            for name in founder.people {
                let (person, key) = stage.invent(name);
                let body = stage.about(name)?;
                let about = Some(body.id());
                bodies.push(body.to_bytes());
                let key = Some(NewKey { key, held_by: HeldBy::Node });
                members.push(FoundingMember { person, key, about });
            }
            rows.push(FoundingRow {
                name: name(founder.name)?,
                place: line(founder.place)?,
                counted_members: founder.members,
                base: Pact::BASE_PER_MEMBER.times(founder.members).unwrap_or_default(),
                opening: Hours::ZERO,
                members,
            });
        }
        let host = stage.people.first().map(|host| host.person);
        let host = host.ok_or_else(|| Failed::fault("the sample federation has no people"))?;
        let pact = Pact {
            round_every_hours: 336,
            round_open_hours: 120,
            answer_hours: 48,
            ..Pact::default()
        };
        let found = Found { name: name("River Valley Federation")?, pact, rows, host };
        let by = founders.first().map_or("", |first| first.people[0]);
        stage.act_with(by, Act::Found(Box::new(found)), bodies)?;
        for founder in founders.iter().skip(1) {
            let unit = stage.unit_ref(founder.name)?;
            stage.act(founder.people[0], Act::SignPact(SignPact::Founding { unit }))?;
        }
        Ok(stage)
    }

    /// Makes up a person with a key of their own.
    fn invent(&mut self, name: &'static str) -> (PersonId, federation::PublicKey) {
        let seed = sha256(format!("key of {name}").as_bytes());
        let id = sha256(format!("person {name}").as_bytes());
        let mut person = [0; 16];
        person.iter_mut().zip(id).for_each(|(to, from)| *to = from);
        let (person, key) = (PersonId(person), SigningKey::from_seed(seed));
        let public = key.public();
        self.people.push(Inhabitant { person, name, key, serial: 0 });
        (person, public)
    }

    /// The body that says who a person is.
    fn about(&self, name: &str) -> Result<Body, Failed> {
        self.body(&About::called(name).to_content()?)
    }

    /// A body whose salt is the same whenever the sample is made.
    fn body(&self, content: &[u8]) -> Result<Body, Failed> {
        let salt = sha256(&[&self.tree.size().to_be_bytes(), content].concat());
        let body = Body::from_bytes([&salt, content].concat());
        body.ok_or_else(|| Failed::fault("a body of the sample federation has no salt"))
    }

    /// Lets the clock run on, never back.
    pub(super) fn go_to(&mut self, time: Time) {
        self.now = self.now.max(time);
    }

    /// Lets some minutes pass.
    pub(super) fn minutes(&mut self, minutes: i64) {
        self.now = self.now.plus_seconds(minutes * 60);
    }

    /// Signs an act as one of the people, and applies it.
    pub(super) fn act(&mut self, by: &str, act: Act) -> Result<(StatementId, Effect), Failed> {
        self.act_with(by, act, Vec::new())
    }

    /// As [`Stage::act`], where the act is two people's to sign.
    pub(super) fn act_of_two(
        &mut self,
        by: [&str; 2],
        act: Act,
    ) -> Result<(StatementId, Effect), Failed> {
        self.act(by[0], act.clone())?;
        self.act(by[1], act)
    }

    /// As [`Stage::act`], with the bodies that the act names.
    pub(super) fn act_with(
        &mut self,
        by: &str,
        act: Act,
        bodies: Vec<Vec<u8>>,
    ) -> Result<(StatementId, Effect), Failed> {
        let person = self.inhabitant(by)?.person;
        self.state(by, person, act, (bodies, None))
    }

    /// Two co-members act for somebody without a device.
    pub(super) fn act_for(
        &mut self,
        by: [&str; 2],
        person: PersonId,
        act: Act,
    ) -> Result<(StatementId, Effect), Failed> {
        self.state(by[0], person, act.clone(), (Vec::new(), None))?;
        self.state(by[1], person, act, (Vec::new(), None))
    }

    /// Works out the plan that a round waits for, and submits it.
    pub(super) fn plan(
        &mut self,
        by: &str,
        round: Id<federation::rows::Round>,
    ) -> Result<(), Failed> {
        let problem = self.federation.problem(round).map_err(refused)?;
        let plan = circuits::solve(&problem).map_err(Failed::fault)?;
        let annex = plan.to_bytes();
        let named = self.federation.round_ref(round);
        let named = named.ok_or_else(|| Failed::fault("the sample's round has no name"))?;
        let act = federation::act::PlanAct { round: named, annex: AnnexId(sha256(&annex)) };
        let person = self.inhabitant(by)?.person;
        self.state(by, person, Act::Plan(act), (Vec::new(), Some(annex)))?;
        Ok(())
    }

    fn state(
        &mut self,
        by: &str,
        person: PersonId,
        act: Act,
        (bodies, annex): (Vec<Vec<u8>>, Option<Vec<u8>>),
    ) -> Result<(StatementId, Effect), Failed> {
        self.minutes(1);
        let (federation, time) = (self.id, self.now);
        let signer = self.inhabitant_mut(by)?;
        let (key, serial) = (signer.key.public(), signer.serial);
        let statement =
            Statement { form: 1, federation, person, key, serial, seen: None, time, act };
        let signed = sign_statement(&signer.key, &statement);
        signer.serial += 1;
        let sequence = self.tree.size();
        // A host that takes them all at once, later, dates each ten minutes after its author.
        let time = time.plus_seconds(600);
        let leaf =
            Leaf { sequence, time, signature: signed.signature, statement: signed.bytes.clone() };
        let plan = annex.as_deref().and_then(|bytes| circuits::Plan::from_bytes(bytes).ok());
        let root_before = Some(Root(self.tree.root()));
        let id = statement_id(&signed.bytes);
        let entry = Entry { id, sequence, time, statement, root_before, plan };
        let outcome = self.federation.apply(&entry).map_err(refused)?;
        self.tree.push(leaf_hash(&leaf.to_bytes()));
        let (statement, signature) = (signed.bytes, signed.signature);
        self.submissions.push(Submission { statement, signature, annex, bodies });
        Ok((id, outcome.effect))
    }

    /// A newcomer founds a unit of their own.
    pub(super) fn join(
        &mut self,
        who: &'static str,
        unit: &str,
        place: &str,
    ) -> Result<(), Failed> {
        self.invent(who);
        let body = self.about(who)?;
        let newcomer = SignPact::Newcomer {
            name: name(unit)?,
            place: line(place)?,
            held_by: HeldBy::Node,
            about: Some(body.id()),
        };
        self.act_with(who, Act::SignPact(newcomer), vec![body.to_bytes()])?;
        Ok(())
    }

    /// A member admits another one: with a key, or as somebody without a device.
    pub(super) fn admit(
        &mut self,
        by: &str,
        who: &'static str,
        has_device: bool,
    ) -> Result<PersonId, Failed> {
        let (person, key) = self.invent(who);
        let key = has_device.then_some(NewKey { key, held_by: HeldBy::Node });
        if !has_device {
            self.people.pop();
        }
        let body = self.about(who)?;
        let about = Some(body.id());
        let act = Act::AdmitMember(federation::act::AdmitMember { person, key, about });
        let bodies = vec![body.to_bytes()];
        self.act_with(by, act.clone(), bodies.clone())?;
        self.others_sign(by, &act, &bodies)?;
        Ok(person)
    }

    /// As many other members sign what one has signed as their unit's rule asks for.
    pub(super) fn others_sign(
        &mut self,
        first: &str,
        act: &Act,
        bodies: &[Vec<u8>],
    ) -> Result<(), Failed> {
        let person = self.federation.person_by_id(self.inhabitant(first)?.person);
        let unit = person.and_then(|id| self.federation.person(id).ok()?.unit);
        let Some(unit) = unit else { return Ok(()) };
        let waits = self.federation.waiting_for_signatures(unit).any(|(waiting, _)| waiting == act);
        let needed = self.federation.signatures_needed(unit, act).map_err(refused)?;
        let others = self.members(unit)?.into_iter().filter(|&other| other != first);
        for other in others.take(needed - 1).filter(|_| waits).collect::<Vec<_>>() {
            self.act_with(other, act.clone(), bodies.to_vec())?;
        }
        Ok(())
    }

    /// Words for a contract's thread, with the body they stand in.
    pub(super) fn words(&self, words: &str) -> Result<(BodyId, Vec<u8>), Failed> {
        let body = self.body(words.as_bytes())?;
        Ok((body.id(), body.to_bytes()))
    }

    fn inhabitant(&self, name: &str) -> Result<&Inhabitant, Failed> {
        let found = self.people.iter().find(|person| person.name == name);
        found.ok_or_else(|| Failed::fault(format!("nobody in the sample is called {name}")))
    }

    fn inhabitant_mut(&mut self, name: &str) -> Result<&mut Inhabitant, Failed> {
        let found = self.people.iter_mut().find(|person| person.name == name);
        found.ok_or_else(|| Failed::fault(format!("nobody in the sample is called {name}")))
    }

    /// How statements name somebody.
    pub(super) fn person(&self, name: &str) -> Result<PersonId, Failed> {
        Ok(self.inhabitant(name)?.person)
    }

    /// When a poll closes that is open for so many days.
    pub(super) fn closes_in(&self, days: u16) -> Time {
        self.now.plus_days(Days(days)).plus_seconds(3600)
    }

    /// What somebody is called.
    pub(super) fn called(&self, id: Id<federation::rows::Person>) -> Result<&'static str, Failed> {
        let same = |one: &&Inhabitant| self.federation.person_by_id(one.person) == Some(id);
        let found = self.people.iter().find(same).map(|one| one.name);
        found.ok_or_else(|| Failed::fault("somebody in the sample has no name"))
    }

    /// What time it is.
    pub(super) const fn now(&self) -> Time {
        self.now
    }

    /// The unit of this name.
    pub(super) fn unit(&self, name: &str) -> Result<Id<Unit>, Failed> {
        let found = self.federation.units().find(|(_, unit)| unit.name.as_str() == name);
        let missing = || Failed::fault(format!("no unit in the sample is called {name}"));
        found.map(|(id, _)| id).ok_or_else(missing)
    }

    /// How statements name the unit of this name.
    pub(super) fn unit_ref(&self, name: &str) -> Result<Ref<Unit>, Failed> {
        let id = self.unit(name)?;
        self.federation
            .unit_ref(id)
            .ok_or_else(|| Failed::fault("a unit of the sample has no name"))
    }

    /// Somebody who acts for a unit: its first member with a key.
    pub(super) fn speaker(&self, unit: Id<Unit>) -> Result<&'static str, Failed> {
        let row = self.federation.unit(unit).map_err(refused)?;
        let member = |person: &&Inhabitant| {
            let id = self.federation.person_by_id(person.person);
            id.is_some_and(|id| row.members.contains(&id))
        };
        let found = self.people.iter().find(member);
        let missing = || Failed::fault(format!("nobody in the sample speaks for {}", row.name));
        found.map(|person| person.name).ok_or_else(missing)
    }

    /// The members of a unit who have a key, in the order in which they came.
    pub(super) fn members(&self, unit: Id<Unit>) -> Result<Vec<&'static str>, Failed> {
        let row = self.federation.unit(unit).map_err(refused)?;
        let member = |person: &&Inhabitant| {
            let id = self.federation.person_by_id(person.person);
            id.is_some_and(|id| row.members.contains(&id))
        };
        Ok(self.people.iter().filter(member).map(|person| person.name).collect())
    }

    /// The newest version of a specification that has a value.
    pub(super) fn version(&self, specification: &str) -> Result<Ref<Version>, Failed> {
        let newest = self.federation.versions().rev().find(|(_, version)| {
            let row = self.federation.specification(version.specification);
            version.valuation.is_some() && row.is_ok_and(|row| row.name.as_str() == specification)
        });
        let missing = || Failed::fault(format!("nothing in the sample is called {specification}"));
        let (id, _) = newest.ok_or_else(missing)?;
        self.federation.version_ref(id).ok_or_else(missing)
    }

    /// What was made, for a host to take up.
    pub(super) fn finish(self) -> Sample {
        Sample { federation: self.id, people: self.people, submissions: self.submissions }
    }
}

/// A name out of the sample's own words.
pub(super) fn name(text: &str) -> Result<Name, Failed> {
    Name::parse(text).map_err(Failed::fault)
}

pub(super) fn area(text: &str) -> Result<Area, Failed> {
    Area::parse(text).map_err(Failed::fault)
}

/// A line out of the sample's own words.
pub(super) fn line(text: &str) -> Result<Line, Failed> {
    Line::parse(text).map_err(Failed::fault)
}

/// A refusal in the making of the sample is a mistake in the sample.
#[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
pub(super) fn refused(refusal: Refusal) -> Failed {
    Failed::fault(format!("the sample federation was refused: {refusal}"))
}

//! A federation made up for measuring: many units, one specification, and pairs that exchange.

use std::error::Error;

use federation::act::{
    AcceptContract, AcceptDelivery, AskValue, Back, CeilingWarning, Deliver, Found, FoundingMember,
    FoundingRow, HeldBy, Nature, NewKey, ProposeContract, ProposeSpecification, Receipt, Role,
    SignPact, Terms,
};
use federation::rows::{Unit, Version};
use federation::{
    Act, Entry, FederationId, Line, Name, Pact, PersonId, Prose, Ref, Statement, StatementId, Time,
};
use measure::{Hours, Measure, Quantity, Value};
use record::{Signed, SigningKey, sign_statement, statement_id};

/// How many units a founding list takes at most.
pub(crate) const FOUNDERS: usize = 200;

/// A statement, as it was thought and as it was signed.
pub(crate) struct Said {
    pub(crate) statement: Statement,
    pub(crate) signed: Signed,
}

impl Said {
    pub(crate) fn id(&self) -> StatementId {
        statement_id(&self.signed.bytes)
    }

    /// The statement at its place in the record, at the time its author gives.
    pub(crate) fn entry(&self, sequence: u64) -> Entry {
        let statement = self.statement.clone();
        let time = statement.time;
        Entry { id: self.id(), sequence, time, statement, root_before: None, plan: None }
    }
}

struct Author {
    person: PersonId,
    key: SigningKey,
    serial: u64,
}

/// Its people, and all they have said so far.
pub(crate) struct Village {
    pub(crate) said: Vec<Said>,
    pub(crate) federation: FederationId,
    time: Time,
    authors: Vec<Author>,
    units: Vec<Ref<Unit>>,
    version: Ref<Version>,
}

impl Village {
    /// Founds a federation in which unit 0 bakes, and everybody has signed the pact.
    pub(crate) fn found(time: Time) -> Result<Self, Box<dyn Error>> {
        let nothing = Ref::new(StatementId([0; 32]), 0);
        let mut village = Self {
            said: Vec::new(),
            federation: FederationId([7; 32]),
            time,
            authors: (0..FOUNDERS).map(author).collect(),
            units: Vec::new(),
            version: Ref::new(StatementId([0; 32]), 0),
        };
        let rows = (0..FOUNDERS).map(|at| village.row(at)).collect::<Result<_, _>>()?;
        let host = village.authors.first().map_or(PersonId([0; 16]), |author| author.person);
        let name = Name::parse("The measured village")?;
        let found = Found { name, pact: Pact::default(), rows, host };
        let founding = village.say(0, Act::Found(Box::new(found)));
        village.units = (0u32..).take(FOUNDERS).map(|row| Ref::new(founding, row)).collect();
        // The founding act signs the row of the first.
        for at in 1..FOUNDERS {
            let unit = village.units.get(at).copied().unwrap_or(nothing);
            village.say(at, Act::SignPact(SignPact::Founding { unit }));
        }
        village.version = village.specify(0, "bread")?;
        Ok(village)
    }

    fn row(&self, at: usize) -> Result<FoundingRow, Box<dyn Error>> {
        let author = self.authors.get(at).ok_or("nobody is there")?;
        let key = NewKey { key: author.key.public(), held_by: HeldBy::Device };
        Ok(FoundingRow {
            name: Name::parse(&format!("Unit {at}"))?,
            place: Line::parse("")?,
            counted_members: 1000,
            base: Hours::whole(20_000),
            opening: Hours::ZERO,
            members: vec![FoundingMember { person: author.person, key: Some(key), about: None }],
        })
    }

    /// A specification with a value that its author asks.
    pub(crate) fn specify(
        &mut self,
        at: usize,
        name: &str,
    ) -> Result<Ref<Version>, Box<dyn Error>> {
        let proposed = self.say(
            at,
            Act::ProposeSpecification(ProposeSpecification {
                name: Name::parse(name)?,
                nature: Nature::Good,
                measure: Measure::try_new("kg", 3)?,
                clauses: vec![Line::parse("baked on the day")?],
                about: Prose::parse("")?,
            }),
        );
        let value = Value::parse("0:30")?;
        let reasons = Prose::parse("half an hour of work")?;
        let asked = AskValue { version: Ref::new(proposed, 0), value, reasons };
        Ok(Ref::new(self.say(at, Act::AskValue(asked)), 0))
    }

    /// Lets hours pass.
    pub(crate) fn wait(&mut self, hours: u32) {
        self.time = self.time.plus_hours(hours);
    }

    /// Units that join later, without room of their own.
    pub(crate) fn join(&mut self, count: usize) -> Result<(), Box<dyn Error>> {
        for _ in 0..count {
            let at = self.authors.len();
            self.authors.push(author(at));
            let name = Name::parse(&format!("Unit {at}"))?;
            let place = Line::parse("")?;
            let sign = SignPact::Newcomer { name, place, held_by: HeldBy::Device, about: None };
            let signed = self.say(at, Act::SignPact(sign));
            self.units.push(Ref::new(signed, 0));
        }
        Ok(())
    }

    /// A founder lends room to another unit, so that it acts as often as it likes.
    pub(crate) fn back(&mut self, founder: usize, unit: usize) -> Result<(), Box<dyn Error>> {
        let unit = self.units.get(unit).copied().ok_or("no unit is there")?;
        self.say(founder, Act::Back(Back { unit, hours: Hours::whole(100) }));
        Ok(())
    }

    /// One exchange, from the proposal to the accepted delivery: five acts. Both are founders.
    pub(crate) fn exchange(&mut self, giver: usize, receiver: usize) -> Result<(), Box<dyn Error>> {
        let with = self.units.get(receiver).copied().ok_or("no unit is there")?;
        let quantity = Quantity::from_steps(500).ok_or("500 steps are a quantity")?;
        let contract = self.say(
            giver,
            Act::ProposeContract(ProposeContract {
                role: Role::Giver,
                with,
                version: self.version,
                quantity,
                terms: Terms::AtValue,
                answer_by: self.time.plus_hours(48),
                ceiling: CeilingWarning::NotRead,
                note: Line::parse("")?,
            }),
        );
        let contract = Ref::new(contract, 0);
        let ceiling = CeilingWarning::NotRead;
        self.say(receiver, Act::AcceptContract(AcceptContract { contract, ceiling }));
        let note = Line::parse("")?;
        let delivery = self.say(giver, Act::Deliver(Deliver { contract, quantity, note }));
        let delivery = Ref::new(delivery, 0);
        self.say(receiver, Act::Receipt(Receipt { delivery }));
        self.say(receiver, Act::AcceptDelivery(AcceptDelivery { delivery }));
        Ok(())
    }

    pub(crate) fn say(&mut self, at: usize, act: Act) -> StatementId {
        let Some(author) = self.authors.get_mut(at) else { return StatementId([0; 32]) };
        author.serial += 1;
        let statement = Statement {
            form: 1,
            federation: self.federation,
            person: author.person,
            key: author.key.public(),
            serial: author.serial,
            seen: None,
            time: self.time,
            act,
        };
        let signed = sign_statement(&author.key, &statement);
        let said = Said { statement, signed };
        let id = said.id();
        self.said.push(said);
        id
    }
}

/// The seed of somebody's key.
pub(crate) fn seed(at: usize) -> [u8; 32] {
    let mut seed = [1; 32];
    for (byte, digit) in seed.iter_mut().zip(at.to_le_bytes()) {
        *byte = digit;
    }
    seed
}

fn author(at: usize) -> Author {
    let seed = seed(at);
    let mut person = [1; 16];
    person.copy_from_slice(&seed[..16]);
    Author { person: PersonId(person), key: SigningKey::from_seed(seed), serial: 0 }
}

//! A small federation whose members sign statements, for the tests of this crate.
#![allow(dead_code, unreachable_pub, reason = "every test takes what it needs")]

use std::path::{Path, PathBuf};

use federation::act::{Found, FoundingMember, FoundingRow, HeldBy, Introduce, NewKey};
use federation::{Act, BodyId, FederationId, Line, Name, Pact, PersonId, Seen, Statement, Time};
use measure::Hours;
use record::{Body, Host, SigningKey, Submission, sign_statement};

pub const FEDERATION: FederationId = FederationId([7; 32]);

/// When the sample begins: 2026-05-01 08:00.
pub fn morning() -> Time {
    Time::from_seconds(1_777_622_400).unwrap()
}

/// Somebody with a key.
pub struct Member {
    pub person: PersonId,
    pub key: SigningKey,
    serial: u64,
}

impl Member {
    pub fn new(number: u8) -> Self {
        let key = SigningKey::from_seed([number; 32]);
        Self { person: PersonId([number; 16]), key, serial: 0 }
    }

    /// The same member after a restart, who goes on with this serial number.
    pub fn from_serial(number: u8, serial: u64) -> Self {
        Self { serial, ..Self::new(number) }
    }

    pub fn statement(&mut self, act: Act) -> Statement {
        self.serial += 1;
        Statement {
            form: 1,
            federation: FEDERATION,
            person: self.person,
            key: self.key.public(),
            serial: self.serial,
            seen: None,
            time: morning(),
            act,
        }
    }

    pub fn signs(&mut self, act: Act) -> Submission {
        let statement = self.statement(act);
        sign_statement(&self.key, &statement).into()
    }

    pub fn attests(&mut self) -> Submission {
        self.signs(Act::AttestTime {})
    }

    pub fn has_seen(&mut self, seen: Seen) -> Submission {
        let statement = Statement { seen: Some(seen), ..self.statement(Act::AttestTime {}) };
        sign_statement(&self.key, &statement).into()
    }

    pub fn introduces(&mut self, body: &Body) -> Submission {
        let act = Act::Introduce(Introduce { about: body.id() });
        Submission { bodies: vec![body.to_bytes()], ..self.signs(act) }
    }
}

fn row(name: &str, number: u8, about: Option<BodyId>) -> FoundingRow {
    let member = Member::new(number);
    let key = NewKey { key: member.key.public(), held_by: HeldBy::Node };
    FoundingRow {
        name: Name::parse(name).unwrap(),
        place: Line::parse("").unwrap(),
        counted_members: 3,
        base: Hours::whole(60),
        opening: Hours::ZERO,
        members: vec![FoundingMember { person: member.person, key: Some(key), about }],
    }
}

/// The founding act of two units, a bakery (member 1, who hosts) and a farm (member 2).
pub fn founding() -> (Member, Submission) {
    let mut founder = Member::new(1);
    let found = Found {
        name: Name::parse("Valley").unwrap(),
        pact: Pact::default(),
        rows: vec![row("Bakery", 1, None), row("Farm", 2, None)],
        host: founder.person,
    };
    let submission = founder.signs(Act::Found(Box::new(found)));
    (founder, submission)
}

/// A founded record in a fresh directory.
pub struct Place {
    pub directory: PathBuf,
}

impl Place {
    pub fn new(name: &str) -> Self {
        let directory =
            std::env::temp_dir().join(format!("artel-record-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&directory);
        std::fs::create_dir_all(&directory).unwrap();
        Self { directory }
    }

    pub fn database(&self) -> PathBuf {
        self.directory.join("valley.artel")
    }

    pub fn found(&self) -> (Host, Member) {
        let (founder, submission) = founding();
        let key = SigningKey::from_seed([1; 32]);
        let (host, _) = Host::found(&self.database(), key, morning(), submission).unwrap();
        (host, founder)
    }

    pub fn open(&self) -> Result<Host, record::Fault> {
        open(&self.database())
    }
}

pub fn open(database: &Path) -> Result<Host, record::Fault> {
    Host::open(database, SigningKey::from_seed([1; 32]))
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// Numbers that look random and are the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

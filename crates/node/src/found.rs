use std::sync::Arc;

use federation::act::{Found, FoundingMember, FoundingRow, HeldBy, NewKey};
use federation::{Act, FederationId, Line, Name, Pact, PersonId, Statement};
use measure::Hours;
use record::{Body, Submission, random, sign_statement};

use crate::{About, Failed, Hosted, KeptKey, Node, OpenInvite, Reader, Seat};

/// A federation about to be founded.
#[derive(Debug, Clone)]
pub struct Foundation {
    /// What it is called.
    pub name: Name,
    /// Its pact.
    pub pact: Pact,
    /// Its units; the founder is the first member of the first.
    pub units: Vec<FoundingUnit>,
    /// Who founds it.
    pub founder: About,
}

/// A unit of the founding list.
#[derive(Debug, Clone)]
pub struct FoundingUnit {
    /// What it is called.
    pub name: Name,
    /// Where it is.
    pub place: Line,
    /// How many members count.
    pub counted_members: u32,
    /// Its base.
    pub base: Hours,
    /// Its opening entitlement.
    pub opening: Hours,
}

/// A federation that was just founded.
#[derive(Debug)]
pub struct Founded {
    /// The federation.
    pub hosted: Arc<Hosted>,
    /// Who founded it.
    pub founder: PersonId,
}

impl Node {
    /// Founds a federation at this node. The founder's unit signs its row with the founding act;
    /// for every other unit there is an invite with which its first member signs.
    pub fn found(&self, reader: Reader, foundation: Foundation) -> Result<Founded, Failed> {
        let federation = FederationId(random()?);
        let key = KeptKey::make(PersonId(random()?))?;
        let about = foundation.founder.to_body()?;
        let mut invites = Vec::new();
        let mut rows = Vec::new();
        for (place, unit) in foundation.units.into_iter().enumerate() {
            let member = if place == 0 {
                member(&key, HeldBy::Node, Some(&about))
            } else {
                let invite = OpenInvite::make(unit.name.as_str())?;
                let member = member(&invite.key, HeldBy::Invite, None);
                invites.push(invite);
                member
            };
            rows.push(row(unit, member));
        }
        let host = key.person;
        let act = Found { name: foundation.name, pact: foundation.pact, rows, host };
        let statement = Statement {
            form: 1,
            federation,
            person: key.person,
            key: key.public(),
            serial: 0,
            seen: None,
            time: self.clock().now(),
            act: Act::Found(Box::new(act)),
        };
        let mut founding = Submission::from(sign_statement(&key.signing, &statement));
        founding.bodies = vec![Body::to_bytes(&about)];
        // The key is kept first: a record whose founder has lost their key would help nobody.
        self.keys().keep(federation, &key)?;
        let (hosted, _) = self.begin(federation, founding)?;
        self.keys().seat(reader, Seat { federation, person: key.person })?;
        for invite in &invites {
            self.keys().keep_invite(federation, key.person, invite)?;
        }
        Ok(Founded { hosted, founder: key.person })
    }
}

fn member(key: &KeptKey, held_by: HeldBy, about: Option<&Body>) -> FoundingMember {
    let new = NewKey { key: key.public(), held_by };
    FoundingMember { person: key.person, key: Some(new), about: about.map(Body::id) }
}

fn row(unit: FoundingUnit, member: FoundingMember) -> FoundingRow {
    FoundingRow {
        name: unit.name,
        place: unit.place,
        counted_members: unit.counted_members,
        base: unit.base,
        opening: unit.opening,
        members: vec![member],
    }
}

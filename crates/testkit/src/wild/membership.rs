use federation::act::{
    AddKey, AdmitMember, AnnounceLeaving, DescribeUnit, HeldBy, Introduce, Matter, NewKey,
    RevokeKey, SetSigning, SignPact, Signing,
};
use federation::rows::{Standing, Unit};
use federation::{Act, BodyId, Federation, Id, Line, Prose, PublicKey};

use super::Idea;
use crate::{Member, Wild, digest, member, phrases};

impl Wild {
    pub(super) fn announces_leaving(&mut self, federation: &Federation) -> Option<Idea> {
        let by = federation.time().plus_seconds(self.chance.within(-10_000, 2_000_000));
        Idea::of(self.unit(federation)?, Act::AnnounceLeaving(AnnounceLeaving { by }))
    }

    pub(super) fn leaves(&mut self, federation: &Federation) -> Option<Idea> {
        Idea::of(self.unit(federation)?, Act::Leave {})
    }

    /// Somebody nobody knows, or now and then somebody the record knows.
    fn somebody(&mut self, federation: &Federation) -> Member {
        let known = federation.persons().len();
        if self.chance.percent(30)
            && let Some((_, person)) = federation.persons().nth(self.chance.place(known))
        {
            let key = person.keys.first().copied().unwrap_or(PublicKey([0; 32]));
            return Member { person: person.id, key };
        }
        member(5_000_000 + self.chance.next() % 1_000_000)
    }

    pub(super) fn admits(&mut self, federation: &Federation) -> Option<Idea> {
        let somebody = self.somebody(federation);
        let known = federation.person_by_id(somebody.person).is_some();
        let device = NewKey { key: somebody.key, held_by: HeldBy::Invite };
        let key = (!known && self.chance.percent(70)).then_some(device);
        let admit = AdmitMember { person: somebody.person, key, about: None };
        Idea::of(self.unit(federation)?, Act::AdmitMember(admit))
    }

    pub(super) fn member_leaves(&mut self, federation: &Federation) -> Option<Idea> {
        let listed = federation.units().find(|(_, unit)| unit.standing == Standing::Listed);
        let listed = listed.map(|(id, _)| id).filter(|_| self.chance.percent(30));
        Idea::of(listed.or_else(|| self.unit(federation))?, Act::MemberLeaves {})
    }

    pub(super) fn introduces(&mut self, federation: &Federation) -> Option<Idea> {
        let about = BodyId(digest(b'b', self.chance.next()));
        Idea::of(self.unit(federation)?, Act::Introduce(Introduce { about }))
    }

    pub(super) fn describes(&mut self, federation: &Federation) -> Option<Idea> {
        let describe = DescribeUnit {
            place: phrases::line("by the mill"),
            area: self.area(),
            description: Prose::default(),
        };
        Idea::of(self.unit(federation)?, Act::DescribeUnit(describe))
    }

    pub(super) fn sets_signing(&mut self, federation: &Federation) -> Option<Idea> {
        const MATTERS: [Matter; 7] = [
            Matter::Members,
            Matter::Leaving,
            Matter::Values,
            Matter::Offers,
            Matter::Contracts,
            Matter::Deliveries,
            Matter::Trust,
        ];
        const RULES: [Signing; 6] = [
            Signing::AnyMember,
            Signing::AnyMember,
            Signing::AnyMember,
            Signing::AnyMember,
            Signing::TwoMembers,
            Signing::MoreThanHalf,
        ];
        let matter = self.chance.pick(&MATTERS)?;
        let signing = self.chance.pick(&RULES)?;
        Idea::of(self.unit(federation)?, Act::SetSigning(SetSigning { matter, signing }))
    }

    pub(super) fn adds_key(&mut self, federation: &Federation) -> Option<Idea> {
        let key = match self.chance.percent(10) {
            true => self.somebody(federation).key,
            false => PublicKey(digest(b'k', self.chance.next())),
        };
        let add = AddKey { key: NewKey { key, held_by: HeldBy::Node } };
        Idea::of(self.unit(federation)?, Act::AddKey(add))
    }

    pub(super) fn revokes_key(&mut self, federation: &Federation) -> Option<Idea> {
        let unit = self.unit(federation)?;
        let members: Vec<_> = federation.unit(unit).ok()?.members.iter().copied().collect();
        let person = federation.person(self.chance.pick(&members)?).ok()?;
        let key = self.chance.pick(&person.keys)?;
        Idea::of(unit, Act::RevokeKey(RevokeKey { key }))
    }

    /// A newcomer, who is in no unit yet: whoever signs is put in their place afterwards.
    pub(super) fn joins(&mut self, federation: &Federation) -> Option<Idea> {
        Idea::of(self.unit(federation)?, phrases::join(&self.unit_name(federation)))
    }

    fn unit_name(&mut self, federation: &Federation) -> String {
        if self.chance.percent(10)
            && let Some((_, unit)) = federation.units().next()
        {
            return unit.name.as_str().to_uppercase();
        }
        format!("newcomer {}", self.chance.next() % 1_000_000)
    }

    fn departed(&mut self, federation: &Federation) -> Option<Id<Unit>> {
        let departed = federation.units().filter(|(_, unit)| unit.is_departed());
        let departed: Vec<Id<Unit>> = departed.map(|(id, _)| id).collect();
        self.chance.pick(&departed)
    }

    pub(super) fn comes_back(&mut self, federation: &Federation) -> Option<Idea> {
        let unit = self.departed(federation).or_else(|| self.unit(federation))?;
        Idea::of(unit, Act::SignPact(SignPact::Return { unit: federation.unit_ref(unit)? }))
    }

    /// Most of those who left begin afresh, or try to; also somebody in no unit at all.
    #[expect(clippy::unnecessary_wraps, reason = "one of many thoughts, the others may fail")]
    pub(super) fn begins_afresh(&mut self, federation: &Federation) -> Option<Idea> {
        let unit = self.departed(federation).filter(|_| self.chance.percent(70));
        let (name, place) = (crate::name(&self.unit_name(federation)), Line::default());
        Some(Idea { unit, act: Act::SignPact(SignPact::NewUnit { name, place }) })
    }
}

use federation::act::{FormCircle, JoinCircle, LeaveCircle, PostAct};
use federation::rows::{Circle, Person, Unit};
use federation::{Act, BodyId, Federation, Id, Prose};

use super::Idea;
use crate::{Wild, digest};

impl Wild {
    pub(super) fn forms_circle(&mut self, federation: &Federation) -> Option<Idea> {
        let name = crate::name(&format!("circle {}", self.chance.next() % 40));
        let form = FormCircle { name, about: Prose::default() };
        Idea::of(self.unit(federation)?, Act::FormCircle(form))
    }

    fn circle(&mut self, federation: &Federation) -> Option<(Id<Circle>, Id<Unit>)> {
        let circles: Vec<_> = federation.circles().map(|(id, _)| id).collect();
        let id = self.chance.pick(&circles)?;
        let members = &federation.circle(id).ok()?.members;
        let members: Vec<Id<Person>> = members.iter().copied().collect();
        let of = self.chance.pick(&members).and_then(|member| federation.person(member).ok()?.unit);
        Some((id, of.or_else(|| self.unit(federation))?))
    }

    pub(super) fn joins_circle(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, _) = self.circle(federation)?;
        let join = JoinCircle { circle: federation.circle_ref(id)? };
        Idea::of(self.unit(federation)?, Act::JoinCircle(join))
    }

    pub(super) fn leaves_circle(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, unit) = self.circle(federation)?;
        Idea::of(unit, Act::LeaveCircle(LeaveCircle { circle: federation.circle_ref(id)? }))
    }

    pub(super) fn posts(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, unit) = self.circle(federation)?;
        let words = BodyId(digest(b'b', self.chance.next()));
        Idea::of(unit, Act::Post(PostAct { circle: federation.circle_ref(id)?, words }))
    }
}

use std::collections::BTreeSet;

use crate::act::{FormCircle, JoinCircle, LeaveCircle, PostAct};
use crate::rows::{Circle, Person, Post};
use crate::{Effect, Federation, Id, Ref, Refusal};

use super::Author;

impl Federation {
    /// Anybody in a unit forms a circle. Its name is its own, so that nobody can speak as another
    /// circle; that is all that is asked.
    pub(crate) fn form_circle(
        &mut self,
        author: Author,
        act: &FormCircle,
    ) -> Result<Effect, Refusal> {
        self.acting_unit(author.person)?;
        if self.circle_names.contains(&act.name.folded()) {
            return Err(Refusal::CircleNameTaken { name: act.name.clone() });
        }
        let circle = Circle {
            name: act.name.clone(),
            about: act.about.clone(),
            members: BTreeSet::from([author.person]),
            posts: Vec::new(),
            since: author.at,
        };
        self.circle_names.insert(act.name.folded());
        Ok(Effect::Circle(self.circles.add(author.made_by, 0, circle)))
    }

    pub(crate) fn join_circle(
        &mut self,
        author: Author,
        act: &JoinCircle,
    ) -> Result<Effect, Refusal> {
        self.acting_unit(author.person)?;
        let id = self.find_circle(act.circle)?;
        if !self.circles.row_mut(id)?.members.insert(author.person) {
            return Err(Refusal::InCircle { circle: id.number() });
        }
        Ok(Effect::Done)
    }

    /// Always valid, also for somebody whose unit has left.
    pub(crate) fn leave_circle(
        &mut self,
        author: Author,
        act: &LeaveCircle,
    ) -> Result<Effect, Refusal> {
        let id = self.find_circle(act.circle)?;
        if !self.circles.row_mut(id)?.members.remove(&author.person) {
            return Err(Refusal::NotInCircle { circle: id.number() });
        }
        Ok(Effect::Done)
    }

    pub(crate) fn post(&mut self, author: Author, act: &PostAct) -> Result<Effect, Refusal> {
        self.acting_unit(author.person)?;
        let circle = self.speaks_in(author.person, act.circle)?;
        let post = Post { circle, by: author.person, words: act.words, at: author.at };
        let id = self.posts.add(author.made_by, 0, post);
        self.circles.row_mut(circle)?.posts.push(id);
        Ok(Effect::Post(id))
    }

    /// The circle in which, or in whose name, a person speaks. Any member may: their own name
    /// always stands beside the circle's. Refused for somebody who is not in it.
    pub(crate) fn speaks_in(
        &self,
        person: Id<Person>,
        named: Ref<Circle>,
    ) -> Result<Id<Circle>, Refusal> {
        let id = self.find_circle(named)?;
        match self.circle(id)?.members.contains(&person) {
            true => Ok(id),
            false => Err(Refusal::NotInCircle { circle: id.number() }),
        }
    }

    /// The circles that a person is in, first formed first.
    pub fn circles_of(&self, person: Id<Person>) -> impl Iterator<Item = (Id<Circle>, &Circle)> {
        self.circles().filter(move |(_, circle)| circle.members.contains(&person))
    }
}

use federation::act::{Nature, ProposeSpecification, RetireSpecification, ReviseSpecification};
use federation::{Act, Federation};
use measure::Measure;

use super::{ActForm, Said, Sheet, plain};
use crate::field::{Choice, Field};
use crate::reading::Reading;
use node::Failed;

pub(super) const FORMS: &[ActForm] = &[PROPOSE, REVISE, RETIRE];

const CLAUSES_HINT: &str = "One a line, each so that it can be checked alone. A delivery can only be rejected by naming one.";

const PROPOSE: ActForm = ActForm {
    name: "propose-specification",
    title: "Write down what a good or service is",
    button: "Propose it",
    says: "Everybody can then offer and need it. How you do the work stays your affair.",
    sheet: |_| {
        let natures = vec![Choice::new("good", "A good"), Choice::new("service", "A service")];
        let decimals = vec![
            Choice::new(0, "only whole ones"),
            Choice::new(1, "tenths"),
            Choice::new(2, "hundredths"),
            Choice::new(3, "thousandths (grams of a kg)"),
        ];
        Sheet::of([
            Field::line("name", "What is it called?").must(),
            Field::radio("nature", "What kind?", natures),
            Field::line("measure", "How is it counted?")
                .hint("Such as kg, loaf, hour, visit.")
                .must(),
            Field::choice("decimals", "How finely can it be divided?", decimals),
            Field::area("clauses", "What does each one meet?").hint(CLAUSES_HINT).must(),
            Field::area("about", "What else is there to say?"),
        ])
    },
    read: propose,
};

fn propose(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let (name, nature) = (reading.name("name"), reading.word::<Nature>("nature"));
    let decimals = u8::try_from(reading.given().number("decimals").unwrap_or(0)).unwrap_or(u8::MAX);
    let called = reading.given().text("measure");
    let measure = reading.keep("measure", Measure::try_new(&called, decimals));
    let (clauses, about) = (reading.lines("clauses"), reading.prose("about"));
    let (Some(name), Some(nature), Some(measure), Some(clauses), Some(about)) =
        (name, nature, measure, clauses, about)
    else {
        return Ok(None);
    };
    let act = ProposeSpecification { name, nature, measure, clauses, about };
    plain(Some(Act::ProposeSpecification(act)))
}

const REVISE: ActForm = ActForm {
    name: "revise-specification",
    title: "Make a new version",
    button: "Make the version",
    says: "A new version has clauses of its own and no value yet. It touches no contract.",
    sheet: |scene| {
        let (id, specification) = scene.specification()?;
        let newest = specification.versions.last().map(|&id| scene.federation.version(id));
        let clauses = newest.transpose()?.map(|version| version.clauses.as_slice());
        let clauses: Vec<_> =
            clauses.unwrap_or_default().iter().map(federation::Line::as_str).collect();
        Sheet::about(
            specification.name.to_string(),
            [
                Field::hidden("specification").with(id),
                Field::area("clauses", "The clauses")
                    .hint(CLAUSES_HINT)
                    .with(clauses.join("\n"))
                    .must(),
                Field::area("about", "Why a new version?"),
            ],
        )
    },
    read: |reading| {
        let specification = reading.reference("specification", Federation::specification_ref);
        let (clauses, about) = (reading.lines("clauses"), reading.prose("about"));
        plain(specification.zip(clauses).zip(about).map(|((specification, clauses), about)| {
            Act::ReviseSpecification(ReviseSpecification { specification, clauses, about })
        }))
    },
};

const RETIRE: ActForm =
    ActForm {
        name: "retire-specification",
        title: "Retire a specification",
        button: "Retire it",
        says: "Nobody begins anything new under it. What is agreed goes on.",
        sheet: |scene| {
            let (id, specification) = scene.specification()?;
            Sheet::about(specification.name.to_string(), [Field::hidden("specification").with(id)])
        },
        read: |reading| {
            let specification = reading.reference("specification", Federation::specification_ref);
            plain(specification.map(|specification| {
                Act::RetireSpecification(RetireSpecification { specification })
            }))
        },
    };

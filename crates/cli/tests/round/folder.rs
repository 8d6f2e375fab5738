//! A folder of one test's own, and `artel` run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Three units in a ring: bread, care and repairs, of which the least goes around.
pub(crate) const OFFERS: &str = "unit,specification,quantity,value_hours\n\
     bakery,bread,10,0.5\nclinic,care,3,2\nworkshop,repair,4,1:00\n";
/// What they need of one another.
pub(crate) const NEEDS: &str = "unit,specification,quantity\n\
     clinic,bread,10\nworkshop,care,3\nbakery,repair,4\n";

pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("round-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self { path }
    }

    /// A folder with a ring of three units.
    pub(crate) fn with_ring(name: &str) -> Self {
        let folder = Self::new(name);
        folder.write("offers.csv", OFFERS);
        folder.write("needs.csv", NEEDS);
        folder
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path.join(name), content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path.join(name)).unwrap()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs `artel round` with arguments divided by spaces.
    pub(crate) fn round(&self, arguments: &str) -> Done {
        let artel = Command::new(env!("CARGO_BIN_EXE_artel"))
            .arg("round")
            .args(arguments.split_whitespace())
            .current_dir(&self.path)
            .output()
            .unwrap();
        Done::from(artel)
    }
}

/// What a command came to.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Done {
    /// What was printed; the command must have done it.
    #[track_caller]
    pub(crate) fn printed(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out
    }

    /// The numbers printed by `--json`.
    #[track_caller]
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.printed()).unwrap()
    }
}

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A directory of its own that goes with the test.
pub(crate) struct Place(pub(crate) PathBuf);

impl Place {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("artel-commands-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// The program, with settings of its own and none from outside.
    pub(crate) fn artel(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_artel"));
        command.env_clear().env("HOME", &self.0).stdin(Stdio::null());
        command
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.0.join("data")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A node that runs, and a way to give it commands.
pub(crate) struct Served {
    pub(crate) place: Place,
    pub(crate) address: String,
    child: Child,
}

impl Served {
    /// A new node with nothing in it.
    pub(crate) fn new() -> Self {
        let place = Place::new();
        let made = place.artel().args(["init", "--data"]).arg(place.data()).output().unwrap();
        assert!(made.status.success(), "{}", err(&made));
        Self::start(place, "serve")
    }

    /// A demonstration.
    pub(crate) fn demo() -> Self {
        Self::start(Place::new(), "demo")
    }

    fn start(place: Place, how: &str) -> Self {
        let mut command = place.artel();
        command.args([how, "--listen", "127.0.0.1:0", "--data"]).arg(place.data());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| {
            let line = line.unwrap();
            line.find("http://").map(|at| line[at..].to_owned())
        });
        // Whatever else it says must not stop it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { place, address: address.unwrap(), child }
    }

    /// A command with a node and a reader's own settings.
    pub(crate) fn command(&self, reader: &str, words: &[&str]) -> Command {
        let mut command = self.place.artel();
        command.env("XDG_CONFIG_HOME", self.settings(reader)).env("ARTEL_NODE", &self.address);
        command.args(words);
        command
    }

    pub(crate) fn settings(&self, reader: &str) -> PathBuf {
        self.place.0.join(reader)
    }

    pub(crate) fn run(&self, reader: &str, words: &[&str]) -> Output {
        self.command(reader, words).output().unwrap()
    }

    /// What a command that is done says.
    pub(crate) fn says(&self, reader: &str, words: &[&str]) -> String {
        let output = self.run(reader, words);
        assert!(output.status.success(), "{words:?}: {}", err(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn json(&self, reader: &str, words: &[&str]) -> serde_json::Value {
        let said = self.says(reader, &[words, &["--json"]].concat());
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
    }

    /// Makes somebody known, who says their passphrase on the input.
    pub(crate) fn sign(&self, how: &str, reader: &str) -> Output {
        let mut command = self.command(reader, &["key", how, reader]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"bread and roses\n").unwrap();
        child.wait_with_output().unwrap()
    }

    /// A valley of a bakery and a farm: Rosa of the one and Olga of the other.
    pub(crate) fn valley() -> Self {
        let served = Self::new();
        for reader in ["rosa", "olga"] {
            assert!(served.sign("sign-up", reader).status.success());
        }
        let founded = ["federation", "found", "Valley", "--me", "Rosa"];
        let units = ["--unit", "Bakery:4", "--unit", "Farm:9"];
        let said = served.says("rosa", &[founded.as_slice(), &units].concat());
        let link = said.lines().find_map(|line| line.strip_prefix("Invite for Farm: ")).unwrap();
        served.says("olga", &["unit", "join-by-invite", link, "--me", "Olga"]);
        served
    }

    /// Tells the node to stop, and waits until it has.
    pub(crate) fn stop(mut self) -> (std::process::ExitStatus, Place) {
        let place = Place(std::mem::take(&mut self.place.0));
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        (self.child.wait().unwrap(), place)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Who may read a file, as `600`.
pub(crate) fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

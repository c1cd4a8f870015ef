import type { Plan } from "../../plan/plan.js";
import { isRandom } from "./identities.js";

export const CONFIGURE = `
/// The value of a key in a configuration.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// Nothing.
    Absent,
    /// It can't be told: the file can't be read, a key stands there twice, a list or an object does, or a no
    /// such as \`false\` stands where the object that holds the key should be. That counts as a no.
    Untold,
    /// True or false.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// To be called before all others: the function reads the program's configuration of that name, with its own
/// reader, and says what stands under that key. Until then nothing can be told, which counts as a no.
pub fn configure(config: fn(name: &str, key: &str) -> Setting) {
    inner::configure(config);
}
`;

export const requestOf = (plan: Plan) => `/// One request, to be posted in the background, once, within [\`TIMEOUT\`].
#[derive(Debug)]
pub struct Request {
    /// The address.
    pub url: String,
    /// The body, of type [\`CONTENT_TYPE\`].
    pub body: String,
${plan.wire.headers.length === 0 ? "" : "    /// Headers beside its type, each by its name.\n    pub headers: Vec<(&'static str, String)>,\n"}    log: Option<fn(Level, &str)>,
}

impl Request {
    /// To be told what became of it: the answer's status, or in a few words why there is none.
    pub fn ended(&self, outcome: Result<u16, &str>) {
`;

export const transportOf = (plan: Plan) => `/// How requests leave the program.
pub struct Transport {
    send: Box<dyn Fn(Request) + Send + Sync>,
    log: Option<fn(Level, &str)>,
${isRandom(plan) ? "    random: Option<fn(&mut [u8]) -> bool>,\n" : ""}}

impl Transport {
    /// One that hands each request to this function, which returns at once: it has a runtime or a thread
    /// of the program's own post it. It follows no redirect.
    pub fn new(send: impl Fn(Request) + Send + Sync + 'static) -> Self {
        let send = Box::new(send);
${isRandom(plan) ? "        Self {\n            send,\n            log: None,\n            random: None,\n        }\n" : "        Self { send, log: None }\n"}    }
`;

export const RANDOM = `
    /// With a source of random bytes, such as \`|bytes| getrandom::fill(bytes).is_ok()\`; it says whether it
    /// filled them. On Unix the system's own is used where none is given; elsewhere nothing that needs
    /// an identifier is sent without.
    #[must_use]
    pub fn with_random(mut self, random: fn(&mut [u8]) -> bool) -> Self {
        self.random = Some(random);
        self
    }
`;

export const ENUMS = `/// How much a line of the log matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// For those who look for it.
    Debug,
    /// For everybody.
    Info,
    /// For those who look after the program.
    Warn,
}

/// The decision about telemetry, and what decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// True if it is on.
    pub enabled: bool,
    /// A variable's name, \`stored\`, \`build\` or \`default\`.
    pub decided_by: &'static str,
}

impl Decision {
    const fn by(enabled: bool, decided_by: &'static str) -> Self {
        Self {
            enabled,
            decided_by,
        }
    }
}
`;

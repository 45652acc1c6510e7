//! What the tests share.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// The path of a database that is not there yet, in a folder that goes with the value.
pub struct TemporaryFile(PathBuf);

impl TemporaryFile {
    pub fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("larder-{}-{name}", process::id()));
        fs::create_dir(&folder).unwrap();
        Self(folder.join("app.db"))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0.parent().unwrap());
    }
}

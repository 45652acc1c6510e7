ALTER TABLE users ADD COLUMN mood TEXT CHECK (mood IN ('happy', 'sad', 'neutral'));
UPDATE users SET mood = 'neutral';

// Python's generator: MT19937, seeded by the 32-bit words of a whole number, as the engine draws order and weights.
class PythonRandom {
    constructor(seed) {
        const key = [];
        for (let rest = BigInt(seed); rest > 0n || key.length === 0; rest >>= 32n) {
            key.push(Number(rest & 0xffffffffn));
        }

        this.state = new Uint32Array(624);
        this.next = 624;
        this.second = null;
        this.seedBy(key);
    }

    seedBy(key) {
        const s = this.state;
        s[0] = 19650218;
        for (let i = 1; i < 624; i++) {
            s[i] = Math.imul(1812433253, s[i - 1] ^ (s[i - 1] >>> 30)) + i;
        }

        let i = 1;
        let j = 0;
        const mix = (factor, term) => {
            s[i] = (s[i] ^ Math.imul(s[i - 1] ^ (s[i - 1] >>> 30), factor)) + term;
            if (++i === 624) {
                s[0] = s[623];
                i = 1;
            }
        };
        for (let k = Math.max(624, key.length); k > 0; k--) {
            mix(1664525, key[j] + j);
            j = (j + 1) % key.length;
        }

        for (let k = 623; k > 0; k--) {
            mix(1566083941, -i);
        }

        s[0] = 0x80000000;
    }

    refill() {
        const s = this.state;
        for (let k = 0; k < 624; k++) {
            const y = (s[k] & 0x80000000) | (s[(k + 1) % 624] & 0x7fffffff);
            s[k] = s[(k + 397) % 624] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
        }

        this.next = 0;
    }

    nextUint32() {
        if (this.next === 624) {
            this.refill();
        }

        let y = this.state[this.next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return (y ^ (y >>> 18)) >>> 0;
    }

    // In [0, 1), with 53 bits.
    nextDouble() {
        const high = this.nextUint32() >>> 5;
        return (high * 67108864 + (this.nextUint32() >>> 6)) / 9007199254740992;
    }

    // As many bits as the bound has, drawn again while they are too large.
    nextIndex(bound) {
        const shift = Math.clz32(bound);
        let draw;
        do {
            draw = this.nextUint32() >>> shift;
        } while (draw >= bound);
        return draw;
    }

    uniform(low, high) {
        return low + (high - low) * this.nextDouble();
    }

    // Standard normal draws, made in pairs.
    gauss() {
        let z = this.second;
        this.second = null;
        if (z === null) {
            const angle = this.nextDouble() * 2 * Math.PI;
            const radius = Math.sqrt(-2 * Math.log(1 - this.nextDouble()));
            z = Math.cos(angle) * radius;
            this.second = Math.sin(angle) * radius;
        }

        return z;
    }

    shuffle(items) {
        for (let i = items.length - 1; i > 0; i--) {
            const j = this.nextIndex(i + 1);
            [items[i], items[j]] = [items[j], items[i]];
        }
    }
}

// By way of the launcher, because that has the sources compiled once and not at each start.
import './launch.cjs';

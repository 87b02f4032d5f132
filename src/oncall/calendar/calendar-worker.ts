import { answerTasks } from '../../platform/threads/answer-tasks.ts';
import type { CalendarTask } from './calendar-event.ts';
import { expandCalendar } from './expand-calendar.ts';

answerTasks((task: CalendarTask) => expandCalendar(task));

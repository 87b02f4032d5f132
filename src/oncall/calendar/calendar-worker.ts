import { answerTasks } from '../../platform/threads/answer-tasks.ts';
import { type CalendarTask, expandCalendar } from './expand-calendar.ts';

answerTasks((task: CalendarTask) => expandCalendar(task));
